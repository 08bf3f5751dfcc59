-- Chapter 3.4 of the MQTT manual: TLS where both sides show a certificate. The files are checked together before the
-- first byte is sent: key and certificate belong together, the certificate leads to the authority, dates hold.

moonwire.require(1)

local broker = params.host or "broker.example"
local port = params.port or 8884
local folder = params.certs

local ctx = modem.tls:context(0)

step("certificates", function()
    -- The key is a secret: it goes to the module and nowhere else, not even into the trace.
    local key_bytes = secret.file(folder .. "/client.key")
    x509.check {
        ca = file.read(folder .. "/ca.pem"),
        cert = file.read(folder .. "/client.pem"),
        key = key_bytes,
    }
    local ca = modem.certs:install { name = "auto", prefix = "ca_cert", file = folder .. "/ca.pem" }
    local cert = modem.certs:install { name = "auto", prefix = "cert", file = folder .. "/client.pem" }
    local key = modem.certs:install { name = "auto", prefix = "key_cert", secret = key_bytes }
    ctx:apply { version = "all", verify = "mutual", ca = ca.name, cert = cert.name, key = key.name, sni = true }
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
