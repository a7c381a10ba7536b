// What every group of rules shares: the precedence table and three list builders.
// Not here: any rule.

/**
 * Precedence, from what binds loosest to what binds tightest.
 * Negative values only order reductions (a lambda body takes all it can get).
 */
const PREC = {
  LAMBDA_BODY: -3,
  EXPRESSION_LIST: -2,
  LAMBDA: -1,
  CHOICE: 0,
  SEQUENCE: 1,
  PIPE: 2,
  COALESCE: 3,
  OR: 4,
  AND: 5,
  NOT: 6,
  BIT_OR: 7,
  BIT_XOR: 8,
  BIT_AND: 9,
  COMPARE: 10,
  MEMBERSHIP: 11,
  RANGE: 12,
  SHIFT: 13,
  ADD: 14,
  MULTIPLY: 15,
  POWER: 16,
  UNARY: 17,
  CALL: 18,
};

/** `rule` at least once, with `separator` between two of them. */
const separated1 = (rule, separator) => seq(rule, repeat(seq(separator, rule)));

/** `rule` at least once, with `separator` between and perhaps one comma after the last. */
const comma1 = (rule, separator = ",") => seq(separated1(rule, separator), optional(","));

/** `rule` any number of times, with `separator` between and perhaps one comma after the last. */
const comma = (rule, separator = ",") => optional(comma1(rule, separator));

module.exports = { PREC, separated1, comma1, comma };
