-- For wrk: a call of register as the generated client sends it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"__args":["Ada Lovelace",36,["mathematics","poetry"]]}'
