import LuaRuntime
import ModemScripting
import Testing

/// People find a function under the names they have for it.
@Suite struct LookupTests {
    private let reference = ScriptAPI.reference

    @Test(arguments: [
        ("modem:at", "modem:at"), ("modem.at", "modem:at"), ("client:publish", "client:publish"),
        ("mqtt.publish", "client:publish"), ("publish", "client:publish"), ("MQTTClient.publish", "client:publish"),
        ("json.encode", "json.encode"), ("step", "step"), ("modem.mqtt:client", "modem.mqtt:client"),
        ("mqtt.client", "modem.mqtt:client"), ("certs.install", "modem.certs:install"), ("modem.open", "modem.open"),
        ("modem.port", "modem.port"),
    ])
    func oneEntryIsFound(name: String, path: String) {
        guard case .entry(let entry) = reference.find(name) else {
            Issue.record("\(name): \(reference.find(name))")
            return
        }
        #expect(entry.path == path)
    }

    @Test func aNameOfSeveralThingsFindsThemAll() {
        guard case .entries(let entries) = reference.find("close") else {
            Issue.record("\(reference.find("close"))")
            return
        }
        #expect(Set(entries.map(\.path)).isSuperset(of: ["modem:close", "sub:close", "f:close"]))
    }

    @Test func modulesClassesAndRecordsAreFound() {
        if case .module(let module) = reference.find("json") { #expect(module.name == "json") } else { Issue.record() }
        if case .luaClass(let found) = reference.find("MQTTClient") {
            #expect(found.receiver == "client")
        } else {
            Issue.record()
        }
        if case .luaClass(let found) = reference.find("client") {
            #expect(found.name == "MQTTClient")
        } else {
            Issue.record()
        }
        if case .record(let record) = reference.find("Signal") {
            #expect(record.name == "Signal")
        } else {
            Issue.record()
        }
    }

    @Test(arguments: [
        ("modem:sgnal", "modem:signal"), ("publsh", "client:publish"), ("josn", "json"),
        ("nothing.like.this.at.all", nil),
    ])
    func aMisspeltNameIsAnsweredWithTheNearest(name: String, nearest: String?) {
        guard case .nothing(let suggestion) = reference.find(name) else {
            Issue.record("\(name): \(reference.find(name))")
            return
        }
        #expect(suggestion == nearest)
    }
}
