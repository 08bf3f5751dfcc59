/// How one function is called rightly; the mistakes are made from that and from what the reference says.
struct MistakeRow: Sendable {
    /// What stands before the calls, and after them.
    var before = ""
    var after = ""
    /// `client:publish`.
    var call: String
    /// Right arguments, in Lua.
    var arguments: [String] = []
    /// Lua that closes the object of the method.
    var closing: String?
    /// Parameters and options that take any value, or where every value is some other kind of mistake.
    var anything: Set<String> = []
    /// What the error may be.
    var kinds: Set<String> = ["argument"]
}

extension MistakeRow {
    private static let client =
        #"local client = modem.mqtt:client{ id = "unit-001" } client:connect{ host = "broker.example" } "#
        + #"client:subscribe("cmd/#") "#
    private static let second = #"local second = modem.open{ port = "sim" } "#
    private static let scope = "task.scope(function(s) "

    private static func global(_ name: String, _ arguments: String...) -> Self {
        Self(call: name, arguments: arguments)
    }

    /// A method of a modem, or of what belongs to one; the modem is one that can be closed.
    private static func modem(_ name: String, _ arguments: String...) -> Self {
        Self(before: second, call: name, arguments: arguments, closing: "second:close()")
    }

    private static func client(_ name: String, _ arguments: String...) -> Self {
        Self(
            before: client,
            call: "client:" + name,
            arguments: arguments,
            closing: "client:disconnect() client:release()"
        )
    }

    private static func file(_ name: String, _ arguments: String...) -> Self {
        Self(before: #"local f = io.open("ca.pem") "#, call: "f:" + name, arguments: arguments, closing: "f:close()")
    }

    private static func with(_ row: Self, _ change: (inout Self) -> Void) -> Self {
        var row = row
        change(&row)
        return row
    }

    /// By class or module, and path, as the reference has them.
    static let all: [String: Self] = [modems, mqtt, compatibility].reduce(runtime) { all, more in
        all.merging(more) { first, _ in first }
    }

    private static func simcom(_ name: String, _ arguments: String...) -> Self {
        Self(before: #"require "compat.simcom" "#, call: name, arguments: arguments)
    }

    private static func luatos(_ name: String, _ arguments: String...) -> Self {
        Self(before: #"require "compat.luatos" "#, call: name, arguments: arguments)
    }

    private static func mqttc(_ name: String, _ arguments: String...) -> Self {
        Self(
            before: #"require "compat.luatos" local mqttc = mqtt.create(nil, "broker.example", 1883) "#,
            call: "mqttc:" + name,
            arguments: arguments
        )
    }

    private static let compatibility: [String: Self] = [
        "compat.simcom vmsleep": simcom("vmsleep", "1"),
        "compat.simcom printdir": simcom("printdir", "1"),
        "sio sio.send": simcom("sio.send", #""AT\r\n""#),
        "sio sio.recv": simcom("sio.recv", "1"),
        "sys sys.taskInit": luatos("sys.taskInit", "print"),
        "sys sys.wait": luatos("sys.wait", "1"),
        "sys sys.waitUntil": luatos("sys.waitUntil", #""x""#, "1"),
        "sys sys.publish": luatos("sys.publish", #""x""#),
        "sys sys.subscribe": luatos("sys.subscribe", #""x""#, "print"),
        "sys sys.unsubscribe": luatos("sys.unsubscribe", #""x""#, "print"),
        "sys sys.timerStart": luatos("sys.timerStart", "print", "1"),
        "sys sys.timerLoopStart": luatos("sys.timerLoopStart", "print", "1"),
        "sys sys.timerStop": luatos("sys.timerStop", "1"),
        "sys sys.timerStopAll": luatos("sys.timerStopAll", "print"),
        "sys sys.timerIsActive": luatos("sys.timerIsActive", "1"),
        "mqtt mqtt.create": luatos("mqtt.create", "nil", #""broker.example""#, "1883", "{}", "nil"),
        "Mqttc mqttc:auth": mqttc("auth", #""a""#, #""u""#, #""p""#, "true"),
        "Mqttc mqttc:keepalive": mqttc("keepalive", "60"),
        "Mqttc mqttc:autoreconn": mqttc("autoreconn", "true", "3000"),
        "Mqttc mqttc:will": mqttc("will", #""w""#, #""gone""#, "1"),
        "Mqttc mqttc:on": mqttc("on", "print"),
        "Mqttc mqttc:connect": mqttc("connect"),
        "Mqttc mqttc:subscribe": mqttc("subscribe", #""a""#, "1"),
        "Mqttc mqttc:unsubscribe": mqttc("unsubscribe", #""a""#),
        "Mqttc mqttc:publish": mqttc("publish", #""a""#, #""b""#, "1", "true"),
        "Mqttc mqttc:disconnect": mqttc("disconnect"),
        "Mqttc mqttc:close": mqttc("close"),
        "Mqttc mqttc:ready": mqttc("ready"),
        "Mqttc mqttc:state": mqttc("state"),
        "Mqttc mqttc:debug": mqttc("debug"),
    ]

    private static let runtime: [String: Self] = [
        "task task.scope": global("task.scope", "function() end", "{}"),
        "TaskScope s:spawn": Self(
            before: "local s task.scope(function(inner) s = inner end) task.scope(function(open) ",
            after: " end)",
            call: "open:spawn",
            arguments: ["function() end", "{}"]
        ),
        "TaskScope s:race": Self(before: scope, after: " end)", call: "s:race", arguments: ["{ time.after(1) }"]),
        "time time.sleep": global("time.sleep", "0.01"),
        "time time.after": global("time.after", "0.01"),
        "time time.iso": global("time.iso", "0"),
        "runtime defer": global("defer", "function() end"),
        "runtime require": global("require", #""json""#),
        "base warn": global("warn", #""x""#),
        "json json.decode": global("json.decode", #""1""#, "{}"),
        "json json.encode": global("json.encode", "1", "{}"),
        "hex hex.encode": global("hex.encode", #""x""#),
        "hex hex.decode": global("hex.decode", #""41""#),
        "base64 base64.encode": global("base64.encode", #""x""#),
        "base64 base64.decode": global("base64.decode", #""bW9v""#),
        "hash hash.sha256": global("hash.sha256", #""x""#),
        "hash hash.crc32": global("hash.crc32", #""x""#),
        "file file.read": global("file.read", #""ca.pem""#),
        "file file.write": global("file.write", #""out/x""#, #""x""#),
        "file file.append": global("file.append", #""out/x""#, #""x""#),
        "io io.open": global("io.open", #""ca.pem""#, #""r""#),
        "io io.lines": global("io.lines", #""ca.pem""#),
        "io io.close": Self(before: #"local f = io.open("ca.pem") "#, call: "io.close", arguments: ["f"]),
        "file f:read": file("read", #""l""#),
        "file f:lines": file("lines"),
        "file f:write": with(file("write", #""x""#)) { $0.before = #"local f = io.open("out/x", "w") "# },
        "file f:seek": file("seek", #""cur""#, "0"),
        "file for … in f": Self(before: #"local f = io.open("ca.pem") "#, call: "f", closing: "f:close()"),
        "os os.getenv": global("os.getenv", #""HOME""#),
        "secret secret.env": global("secret.env", #""MQTT_PASS""#),
        "secret secret.file": global("secret.file", #""unit.key""#),
        "secret secret.text": global("secret.text", #""x""#),
        "steps measure": global("measure", #""x""#, "1", "{}"),
        "steps skip": global("skip", #""x""#),
        "steps fail": global("fail", #""x""#),
        "steps check": with(global("check", "true", #""x""#)) { $0.anything = ["condition", "message"] },
        "steps step": global("step", #""x""#, "function() end", "{}"),
        "x509 x509.inspect": with(global("x509.inspect", #"file.read("ca.pem")"#)) { $0.kinds.insert("check") },
        "x509 x509.check": global("x509.check", #"{ ca = file.read("ca.pem") }"#),
        // Another version is a right number that this program does not have.
        "moonwire moonwire.require": with(global("moonwire.require", "1")) { $0.kinds.insert("check") },
    ]

    private static let modems: [String: Self] = [
        "Modem modem:at": modem("second:at", #""AT""#, "{}"),
        "Modem modem:try": with(modem("second:try", #""AT""#, "{}")) { $0.kinds.insert("returned closed") },
        "Modem modem:on": modem("second:on", #""+X""#, "print", "{}"),
        "Modem modem:events": modem("second:events", "print", "{}"),
        "Modem modem:on_reopen": modem("second:on_reopen", "print", "{}"),
        "Modem modem:expect": modem("second:expect", #""+X""#, "{}"),
        "Modem modem:urcs": modem("second:urcs", #""+X""#, "{}"),
        "Modem modem:info": modem("second:info", "{}"),
        "Modem modem:signal": modem("second:signal", "{}"),
        "Modem modem:registration": modem("second:registration", "{}"),
        "Modem modem:wait_registered": modem("second:wait_registered", "{}"),
        "Modem modem:pdp": modem("second:pdp", #"{ apn = "iot" }"#),
        "Modem modem:addresses": modem("second:addresses", "{}"),
        "Modem modem:clock": modem("second:clock", "{}"),
        "Modem modem:set_clock": modem("second:set_clock", "time.now()", "{}"),
        "Modem modem:sync_clock": modem("second:sync_clock", "{}"),
        "Modem modem:restart": modem("second:restart", "{}"),
        "Modem modem.open": global("modem.open", #"{ port = "sim" }"#),
        "LineWaiter waiter:wait": Self(
            before: #"local waiter = modem:expect("+X") "#,
            call: "waiter:wait",
            arguments: ["0.01"],
            closing: "waiter:close()"
        ),
        "LineIterator for … in lines": Self(
            before: #"local lines = modem:urcs("+X") "#,
            call: "lines",
            closing: "lines:close()"
        ),
        "Certificates modem.certs:list": modem("second.certs:list", "{}"),
        "Certificates modem.certs:install": modem("second.certs:install", #"{ name = "auto", file = "ca.pem" }"#),
        "Certificates modem.certs:delete": modem("second.certs:delete", #""ca.pem""#, "{}"),
        "Certificates modem.certs:sync": modem("second.certs:sync", #"{ ["ca.pem"] = { file = "ca.pem" } }"#),
        "TLS modem.tls:context": modem("second.tls:context", "0"),
        "TLSContext ctx:read": modem("second.tls:context(0):read", "{}"),
        "TLSContext ctx:apply": modem("second.tls:context(0):apply", "{ sni = true }"),
        "Simulator modem.sim:fault": global("modem.sim:fault", #""mute@AT+NONE""#),
    ]

    private static let mqtt: [String: Self] = [
        "MQTT modem.mqtt:client": modem("second.mqtt:client", #"{ id = "unit-001" }"#),
        "MQTT modem.mqtt:state": modem("second.mqtt:state", "{}"),
        "MQTT modem.mqtt:reset": modem("second.mqtt:reset", "{}"),
        "MQTTClient client:connect": client("connect", #"{ host = "broker.example" }"#),
        "MQTTClient client:publish": client("publish", #""a/b""#, #""x""#, "{}"),
        "MQTTClient client:subscribe": client("subscribe", #""a/b""#, "{}", "print"),
        "MQTTClient client:unsubscribe": client("unsubscribe", #""cmd/#""#, "{}"),
        "MQTTClient client:receive": client("receive", "{ timeout = 0.01 }"),
        "MQTTClient client:messages": client("messages", "{}"),
        "MQTTClient client:next_message": client("next_message", #""a/b""#, "{}"),
        "MQTTClient client:on_lost": client("on_lost", "print", "{}"),
        "MQTTClient client:disconnect": client("disconnect", "{}"),
        "MQTTClient client:release": client("release", "{}"),
        "MessageIterator for … in messages": Self(
            before: client + "local messages = client:messages() ",
            call: "messages",
            closing: "messages:close()"
        ),
        "MessageWaiter waiter:wait": Self(
            before: client + #"local waiter = client:next_message("a/b") "#,
            call: "waiter:wait",
            arguments: ["0.01"],
            closing: "waiter:close()"
        ),
    ]
}
