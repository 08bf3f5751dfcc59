-- Chapter 3.3 of the MQTT manual: TLS, and the server has to show a certificate of an authority that the module knows.
-- With a real broker: --set host=… --set ca=root.pem, the root of its chain, not the server's own certificate.

moonwire.require(1)

local broker = params.host or "broker.example"
local port = params.port or 8883
local ca_file = params.ca or params.certs .. "/ca.pem"

local ctx = modem.tls:context(0)

step("certificates", function()
    -- The name is made of the content, so a file that is there already is not sent again.
    local ca = modem.certs:install { name = "auto", prefix = "server_ca", file = ca_file }
    ctx:apply { version = "all", verify = "server", ca = ca.name, sni = true }
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
