-- The module has two MQTT clients. One sends commands, the other answers them, each to its own broker if need be.

moonwire.require(1)

local host, port = params.host or "broker.example", params.port or 1883

local desk <close> = modem.mqtt:client { index = 0, id = "desk" }
local unit <close> = modem.mqtt:client {
    index = 1,
    id = "unit-001",
    will = { topic = "units/unit-001/state", payload = "gone", qos = 1 },
}

step("connect", function()
    desk:connect { host = host, port = port }
    unit:connect { host = host, port = port }
end)

step("subscribe", function()
    desk:subscribe("units/+/answer", { qos = 1 })
    -- The handler runs whenever a command comes, whatever the script waits for meanwhile.
    unit:subscribe("units/unit-001/command", { qos = 1 }, function(msg)
        unit:publish("units/unit-001/answer", msg.payload:upper(), { qos = 1 })
    end)
end)

step("ask and answer", function()
    for _, command in ipairs { "open", "state", "close" } do
        desk:publish("units/unit-001/command", command, { qos = 1 })
        local answer = desk:receive { topic = "units/+/answer", timeout = 10 }
        check(answer.payload == command:upper(), "wrong answer: " .. answer.payload)
        log.info(command .. " → " .. answer.payload)
    end
end)

step("disconnect", function()
    desk:disconnect()
    unit:disconnect() -- waits for what the handler still sends
end)
