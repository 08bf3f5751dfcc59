-- Chapter 3.2 of the MQTT manual: TLS without a look at the server's certificate. It hides the bytes from listeners;
-- whoever can redirect the connection still reads everything. For a first contact with a broker, not for the field.

moonwire.require(1)

local broker = params.host or "broker.example"
local port = params.port or 8883

local ctx = modem.tls:context(0)

step("tls", function()
    -- Context 0 may hold what an earlier script has set: say all that matters. Only what differs is sent.
    ctx:apply { version = "all", verify = "none", sni = true }
end)

local client <close> = modem.mqtt:client {
    id = "client test0",
    tls = ctx,
    will = { topic = "0123456789", payload = "qwerty", qos = 1 },
}

step("connect", function()
    client:connect { host = broker, port = port, keepalive = 60, clean = true }
end)

step("publish", function()
    client:publish("dddrrrggghhhk", ("0123456789"):rep(6), { qos = 1, timeout = 60 })
end)

step("subscribe", function()
    client:subscribe { "123456789", qos = 1 }
    client:subscribe("simcommsg", { qos = 1 })
    client:unsubscribe("simcommsg")
end)

step("disconnect", function()
    client:disconnect { timeout = 120 }
    client:release()
end)
