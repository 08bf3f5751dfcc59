-- Chapter 3.5 of the MQTT manual: topics that are no UTF-8 text, and a message without a payload.
-- Most brokers of today close the connection on such a topic; the private broker gets it in disguise.

moonwire.require(1)

local topic = ("\xF7"):rep(8) .. "\x3F"

local client <close> = modem.mqtt:client {
    id = "client test0",
    check_utf8 = false, -- without it, such a topic is refused here, before it is sent
}

step("connect", function()
    client:connect { host = params.host or "broker.example", port = params.port or 1883 }
end)

step("subscribe", function()
    client:subscribe(topic, { qos = 1 })
end)

step("publish", function()
    client:publish(topic, "", { qos = 1, timeout = 60 })
    local msg = client:receive { topic = topic, timeout = 10 }
    check(msg.topic == topic and msg.payload == "", "the message came back changed")
    log.info("topic " .. hex.encode(msg.topic) .. ", " .. #msg.payload .. " bytes")
end)

step("all byte values", function()
    local bytes = {}
    for value = 0, 255 do bytes[#bytes + 1] = string.char(value) end
    local payload = table.concat(bytes)
    client:publish(topic, payload, { qos = 1 })
    check(client:receive { timeout = 10 }.payload == payload, "the payload came back changed")
end)
