import A7600
import Testing

@testable import ModemSimulator

extension Bench {
    static func withFaults(_ texts: String..., profile: Profile = .a7600) throws -> Bench {
        let faults = try texts.map { text throws(FaultSyntaxError) in try Fault(parsing: text) }
        return Bench(profile) { $0.faults = faults }
    }

    mutating func startAndAcquire(type: Int = 0) {
        _ = at("AT+CMQTTSTART")
        _ = at("AT+CMQTTACCQ=0,\"unit\",\(type)")
    }

    mutating func connect(_ host: String = "b") {
        _ = at("AT+CMQTTCONNECT=0,\"tcp://\(host):1883\",60,1")
    }

    /// START, ACCQ and CONNECT of client 0, and of client 1 as well if asked for.
    static func connected(_ profile: Profile = .a7600, clients: Int = 1) -> Bench {
        var bench = Bench(profile)
        _ = bench.at("AT+CMQTTSTART")
        for index in 0..<clients {
            _ = bench.at("AT+CMQTTACCQ=\(index),\"unit\(index)\"")
            _ = bench.at("AT+CMQTTCONNECT=\(index),\"tcp://b:1883\",60,1")
        }
        return bench
    }
}
