-- Makes one unit ready for the field: identity, SIM and signal within limits, certificates, TLS context, and the proof,
-- a publish over mutual TLS. Run it again whenever it was cut short: it sends only what is missing.
-- run: --params examples/data/unit-001.json
--
-- One JSON file per unit says who it is. With a real module, say where its certificates are:
--   moonwire run -p /dev/ttyUSB2 --params unit-001.json --set certs=keys/unit-001 --allow-read keys provision-unit.lua

moonwire.require(1)

local unit = params.unit
check(unit, "no unit: --params unit-001.json")
local function path(name) return params.certs .. "/" .. name end

step("identify", function()
    local info = modem:info()
    -- The label on the bench and the module in it must be the same.
    check(not params.imei or info.imei == params.imei, ("this is %s, not the %s of %s"):format(
        info.imei, params.imei, unit))
    measure("model", info.model)
    measure("imei", info.imei)
end)

step("network", function()
    modem:pdp { cid = 1, type = "IP", apn = params.apn }
    modem:wait_registered { timeout = 90 }
    -- Not before: just after the start the SIM is not ready yet.
    local iccid = modem:info().iccid
    check(iccid, "the SIM does not tell its number")
    measure("iccid", iccid)
    measure("rssi", modem:signal().rssi_dbm, { unit = "dBm", min = params.min_rssi or -95 })
    check(modem:addresses()[1], "PDP context 1 has no address: check the APN")
end, { retries = 1 })

-- What an earlier attempt has left behind, if any.
step("clear", function()
    for _, done in ipairs(modem.mqtt:reset()) do log.info(done) end
end)

local ca, cert, key
step("certificates", function()
    local ca_pem, cert_pem = file.read(path(params.ca)), file.read(path(params.cert))
    local key_pem = secret.file(path(params.key))
    -- All that is wrong with the set is listed at once, before anything is sent.
    x509.check { ca = ca_pem, cert = cert_pem, key = key_pem, subject = unit }
    ca = modem.certs:install { name = "auto", prefix = "ca", pem = ca_pem }
    cert = modem.certs:install { name = "auto", prefix = "cert", pem = cert_pem }
    key = modem.certs:install { name = "auto", prefix = "key", secret = key_pem }
end)

local ctx = modem.tls:context(0)
step("context", function()
    local changes = ctx:apply {
        version = "all", verify = "mutual", ca = ca.name, cert = cert.name, key = key.name,
        ignore_local_time = true, negotiate_timeout = 120, sni = true,
    }
    for _, change in ipairs(changes) do log.info(change.text) end
    if #changes == 0 then log.info("unchanged") end
end)

step("prove", function()
    local client <close> = modem.mqtt:client { id = unit, tls = ctx }
    local seconds = client:connect { host = params.host, port = params.port }
    measure("connect", seconds, { unit = "s", max = 30 })
    local topic = "units/" .. unit .. "/provisioned"
    client:subscribe(topic, { qos = 1 })
    local report = json.encode { unit = unit, ca = ca.sha256, cert = cert.sha256 }
    local ack = client:publish(topic, report, { qos = 1 })
    measure("publish", ack.elapsed, { unit = "s", max = 10 })
    check(client:receive { topic = topic, timeout = 10 }.payload == report, "the broker returned something else")
end)
