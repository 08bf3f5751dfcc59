-- Shows what the module says unasked, until the time is up, while another task asks for the signal.
-- run: --set seconds=0.5 --fault urc-storm=3@AT+CSQ,n=1
--
--   moonwire run -p /dev/ttyUSB2 urc-monitor.lua --set seconds=600

moonwire.require(1)

local seconds = params.seconds or 60

modem:at "AT+CREG=1" -- registration reports its changes
modem:at "AT+CGREG=1"
defer(function()
    modem:try "AT+CREG=0"
    modem:try "AT+CGREG=0"
end)

local seen = 0
local lines = modem:events(function(event)
    -- Restarts, dropped bytes and messages are events too, in the order of the wire.
    if event.kind == "urc" then
        print(event.line)
        seen = seen + 1
    elseif event.kind ~= "port" then
        print(event.kind .. ": " .. (event.text or event.line or ""))
    end
end)

task.scope(function(scope)
    scope:spawn(function()
        while true do
            local rssi = modem:signal().rssi_dbm
            if not rssi or rssi < -95 then log.warn("weak signal: " .. tostring(rssi)) end
            time.sleep(math.min(10, seconds / 5))
        end
    end, { name = "signal" })
    time.sleep(seconds)
end)

lines:close()
measure("lines", seen)
