-- Publishes and receives `params.messages` messages of 100 bytes, and prints how long it took.
local count = params.messages
local topic, payload = "bench", ("x"):rep(100)

local client <close> = modem.mqtt:client { id = "bench" }
client:connect { host = "broker.example", port = 1883 }
client:subscribe(topic, { qos = 1 })

local function exchange()
    client:publish(topic, payload, { qos = 1 })
    check(client:receive { timeout = 10 }.payload == payload, "the message came back changed")
end

for _ = 1, math.min(20, count) do exchange() end
local began = time.monotonic()
for _ = 1, count do exchange() end
print(json.encode { seconds = time.monotonic() - began })
