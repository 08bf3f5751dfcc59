-- Chapter 3.1 of the MQTT manual: a connection without TLS, a subscription, a publish, and the message coming back.
-- Runs anywhere: without --port it drives the simulated module and a private broker.

moonwire.require(1)

local broker = params.host or "broker.example"
local port = params.port or 1883
local payload = ("0123456789"):rep(6)

step("attach", function()
    modem:wait_registered { timeout = 90 }
    local signal = modem:signal()
    measure("rssi", signal.rssi_dbm, { unit = "dBm", min = -95 })
    modem:pdp { cid = 1, type = "IP", apn = params.apn or "iot" }
    check(modem:addresses()[1], "PDP context 1 has no address")
end)

local client <close> = modem.mqtt:client {
    id = "client test0",
    will = { topic = "0123456789", payload = "qwerty", qos = 1 },
}

step("connect", function()
    client:connect { host = broker, port = port, keepalive = 60, clean = true }
end)

step("subscribe", function()
    client:subscribe("simcommsg", { qos = 1 })
end)

step("publish", function()
    client:publish("simcommsg", payload, { qos = 1, timeout = 60 })
end)

step("receive", function()
    local msg = client:receive { topic = "simcommsg", timeout = 10 }
    check(msg.payload == payload, "the message came back changed")
    log.info(("%s: %d bytes"):format(msg.topic, #msg.payload))
end)

step("unsubscribe", function()
    client:subscribe { "123456789", qos = 1 }
    client:unsubscribe("simcommsg")
end)

step("disconnect", function()
    client:disconnect { timeout = 120 }
    client:release()
end)
