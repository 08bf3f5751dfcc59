extension UplinkConformance {
    static let sessionChecks: [Check] = [
        Check(name: "A retained message waits for subscribers until it is cleared") { bed in
            try await bed.connect(0, "conform-retain")
            try await bed.publish(0, UplinkMessage("conform/retain", "kept", qos: 1, retain: true))
            try await bed.subscribe(0, [("conform/retain", 1)])
            try await bed.message(0, "conform/retain", Array("kept".utf8), qos: 1)
            try await bed.publish(0, UplinkMessage("conform/retain", "", qos: 1, retain: true), token: 4)
            try await bed.message(0, "conform/retain", [], qos: 1)
            try await bed.subscribe(0, [("conform/retain", 1)], token: 5)
            try await bed.publish(0, UplinkMessage("conform/retain", "mark", qos: 1), token: 6)
            try await bed.message(0, "conform/retain", Array("mark".utf8), qos: 1)
            try bed.none("the cleared message came") { if case .message = $0 { true } else { false } }
        },
        Check(name: "A will is sent when the connection is dropped, not after a farewell") { bed in
            try await bed.connect(1, "conform-will-reader")
            try await bed.subscribe(1, [("conform/will", 1)])
            let will = UplinkMessage("conform/will", "gone", qos: 1)
            try await bed.connect(0, "conform-will") { $0.will = will }
            try await bed.disconnect(0)
            try await bed.publish(1, UplinkMessage("conform/will", "mark", qos: 1))
            try await bed.message(1, "conform/will", Array("mark".utf8), qos: 1)
            try bed.none("a will was sent after a farewell") { if case .message = $0 { true } else { false } }
            try await bed.connect(0, "conform-will") { $0.will = will }
            bed.uplink.perform(.abandon(client: 0))
            try await bed.message(1, "conform/will", Array("gone".utf8), qos: 1)
            try bed.none("an abandoned client had an event") {
                if case .lost = $0 { true } else if case .disconnected = $0 { true } else { false }
            }
        },
        Check(name: "A persistent session keeps QoS 1 messages for its client") { bed in
            try await bed.connect(1, "conform-keep-writer")
            try await bed.connect(0, "conform-keep") { $0.cleanSession = false }
            try await bed.subscribe(0, [("conform/keep", 1)])
            try await bed.disconnect(0)
            try await bed.publish(1, UplinkMessage("conform/keep", "meanwhile", qos: 1))
            try await bed.connect(0, "conform-keep") { $0.cleanSession = false }
            try await bed.message(0, "conform/keep", Array("meanwhile".utf8), qos: 1)
            try await bed.disconnect(0)
            try await bed.connect(0, "conform-keep")
        },
    ]
}
