-- wrk: posts the cases in turn. HEED_CASES names the file; HEED_RATE, where it is given, is how many a second all
-- HEED_CONNECTIONS together send, each after pauses of random length.
local requests, at = {}, 0
local rate, connections = tonumber(os.getenv("HEED_RATE")), tonumber(os.getenv("HEED_CONNECTIONS"))

function init(_)
  local headers = { ["Content-Type"] = "application/json" }
  for line in io.lines(os.getenv("HEED_CASES")) do
    requests[#requests + 1] = wrk.format("POST", "/v1/decisions", headers, line)
  end
  math.randomseed(7)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

if rate then
  function delay()
    return math.floor(math.random() * 2 * 1000 * connections / rate)
  end
end
