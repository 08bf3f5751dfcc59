-- Uploads readings, one JSON object a line, each acknowledged by the broker (QoS 1) before the next one is sent.
-- Stops at the first failure and says how many lines are done, so that --set from=N goes on where this run ended.
--
--   moonwire run -p /dev/ttyUSB2 upload-batch.lua --set file=readings.jsonl --allow-env MQTT_PASS --set user=unit-001

moonwire.require(1)

local name = params.file or "data/readings.jsonl"
local from = params.from or 1

-- Everything is read and understood before the first line is sent.
local readings = {}
step("read", function()
    for line in io.lines(name) do
        local number = #readings + 1
        local ok, reading = pcall(json.decode, line)
        check(ok and type(reading) == "table" and reading.topic, ("%s:%d: no reading"):format(name, number))
        readings[number] = { topic = reading.topic, payload = line }
    end
    measure("lines", #readings)
end)

-- The private broker keeps its password in a file; a real one's comes from the environment.
local password = params.host and secret.env "MQTT_PASS" or secret.file(params.certs .. "/password")
local client <close> = modem.mqtt:client { id = params.user or "unit-001" }

step("connect", function()
    client:connect {
        host = params.host or "broker.example", port = params.port or 1884,
        user = params.user or "unit-001", password = password,
    }
end)

step("upload", function()
    local done = from - 1
    for number = from, #readings do
        local reading = readings[number]
        local ok, err = pcall(client.publish, client, reading.topic, reading.payload, { qos = 1 })
        if not ok then
            -- err.outcome is "unknown" when the line may have arrived all the same: a publish is never repeated unasked.
            local word = err.outcome == "unknown" and "unknown, ask the broker" or "not sent"
            fail(("lines %d to %d are done; line %d is %s: %s"):format(from, done, number, word, tostring(err)))
        end
        done = number
    end
    measure("done", done - from + 1)
end)
