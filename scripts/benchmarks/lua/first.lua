-- Twenty lines of a script as people write them; the first byte it sends is timed.
moonwire.require(1)

local readings = {}
local function signal()
  local reply = modem:at("AT+CSQ")
  return reply.fields[1]
end

local function mean(values)
  local sum = 0
  for _, value in ipairs(values) do sum = sum + value end
  return sum / #values
end

step("signal", function()
  for i = 1, 3 do readings[i] = signal() end
  measure("rssi", mean(readings), { min = 0, max = 31 })
end)
defer(function() log.info("done") end)
