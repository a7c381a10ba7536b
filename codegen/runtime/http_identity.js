/**
 * Who a session belongs to, for `auth { type: "session" }` and for servers with a session alone.
 */

/** @param {any} req @returns {any} `session.user`, or one made of `session.user_id` and `role`; nil for nobody */
export function bySession(req) {
  const { user, user_id, role } = req.session ?? {};
  if (user !== undefined && user !== null) return user;
  return user_id === undefined || user_id === null ? null : { id: user_id, user_id, role };
}
