import A7600
import ATProtocol
import ModemSession
import ModemTransports

/// Times commands on a session: from the call of `send` to its return.
///
/// `turns PATH SAMPLES WARM-UP executor|thread WORKLOAD…`: the caller lives on the line's own executor, or on another
/// thread as a script does.
struct Turns {
    private let path: String
    private let samples: Int
    private let warmUp: Int
    private let isOnExecutor: Bool
    private let workloads: [String]

    init(_ arguments: ArraySlice<String>) throws {
        let arguments = Array(arguments)
        guard arguments.count >= 5, let samples = Int(arguments[1]), let warmUp = Int(arguments[2]) else {
            throw BenchFailure("turns PATH SAMPLES WARM-UP executor|thread WORKLOAD…")
        }
        path = arguments[0]
        self.samples = samples
        self.warmUp = warmUp
        isOnExecutor = arguments[3] == "executor"
        workloads = Array(arguments[4...])
    }

    func run() async throws {
        let configuration = Profile.a7600.engineConfiguration()
        try await withSession(on: SerialTransport(bench: path), configuration: configuration) { session in
            for workload in workloads {
                let times =
                    if isOnExecutor {
                        try await withTaskExecutorPreference(session.executor) { try await measure(workload, session) }
                    } else {
                        try await measure(workload, session)
                    }
                var text = ""
                for time in times { text += "\(workload),\(time)\n" }
                print(text, terminator: "")
            }
        }
    }

    @concurrent
    private func measure(_ workload: String, _ session: ModemSession) async throws -> [UInt64] {
        if workload == "W5" {
            return try await MessageLatency(session).measure(samples: samples, warmUp: warmUp)
        }
        let commands = try Self.commands(of: workload)
        var times: [UInt64] = []
        times.reserveCapacity(samples)
        for sample in 0..<(warmUp + samples) {
            let start = monotonic()
            for command in commands {
                _ = try await session.send(command)
            }
            let end = monotonic()
            if sample >= warmUp { times.append(end - start) }
        }
        return times
    }

    private static func commands(of workload: String) throws -> [Command] {
        let commands = Commands(.a7600)
        return switch workload {
        case "W1": [try commands.probe()]
        case "W2": [try commands.signal()]
        case "W3": [try commands.tlsContexts()]
        case "W4":
            [
                try commands.mqttTopic(client: 0, topic: Array("simcommsg".utf8)),
                try commands.mqttPayload(client: 0, payload: (0..<60).map { UInt8(ascii: "0") + UInt8($0 % 10) }),
                try commands.mqttPublish(client: 0, qos: 1, timeout: 60),
            ]
        default: throw BenchFailure("no workload \(workload)")
        }
    }
}
