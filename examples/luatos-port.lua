-- A LuatOS script, as its demos are written, on this program: `require "compat.luatos"` on top is all it needs, and
-- `local` before its own names. sys.run returns here when no task, timer or client is left.

require "compat.luatos"

PROJECT = "mqttdemo"
VERSION = "1.0.0"

local sys = require("sys")

local device_id = "unit-001"
local pub_topic, sub_topic = device_id .. "/up", device_id .. "/down"
local mqttc, command

sys.taskInit(function()
    local ready, ip = sys.waitUntil("IP_READY", 30000)
    log.info("network", ready, ip)

    mqttc = mqtt.create(nil, params.host or "broker.example", params.port or 1883, false)
    mqttc:auth(device_id, "user", "password") -- the client identifier; user and password may be left out
    mqttc:keepalive(30)
    mqttc:autoreconn(true, 3000)

    mqttc:on(function(client, event, data, payload)
        -- Whether our own message comes before its acknowledgement or behind it is the broker's affair.
        if event ~= "recv" then log.info("mqtt", event) end
        if event == "conack" then
            client:subscribe(sub_topic, 1)
            sys.publish("mqtt_conack")
        elseif event == "recv" then
            command = data .. " " .. payload
            sys.publish("mqtt_pub", pub_topic, payload, 1)
        end
    end)
    mqttc:connect()
    sys.waitUntil("mqtt_conack", 30000)

    -- What other tasks want to be published comes as a message.
    while true do
        local ret, topic, data, qos = sys.waitUntil("mqtt_pub", 30000)
        if ret then
            if topic == "close" then break end
            mqttc:publish(topic, data, qos)
        end
    end
    mqttc:close()
    log.info("mqtt", "recv", command)
end)

-- A command that comes back to us by way of the broker, and the end of the demo.
sys.taskInit(function()
    sys.waitUntil("mqtt_conack", 60000)
    sys.publish("mqtt_pub", sub_topic, "state", 1)
    local beats = 0
    local timer
    timer = sys.timerLoopStart(function()
        beats = beats + 1
        if beats == 3 then
            sys.timerStop(timer)
            sys.publish("mqtt_pub", "close")
        end
    end, 100)
end)

sys.run()
print(PROJECT .. " " .. VERSION .. " is over")
