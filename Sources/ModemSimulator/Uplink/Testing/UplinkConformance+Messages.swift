extension UplinkConformance {
    static let messageChecks: [Check] = [
        Check(name: "A message goes to another client with the lower QoS of publish and subscription") { bed in
            try await bed.connect(0, "conform-qos-a")
            try await bed.connect(1, "conform-qos-b")
            for granted in UInt8(0)...2 {
                try await bed.subscribe(1, [("conform/qos", granted)], token: UInt64(granted))
                for sent in UInt8(0)...2 {
                    let text = "\(sent) at \(granted)"
                    try await bed.publish(0, UplinkMessage("conform/qos", text, qos: sent), token: UInt64(10 + sent))
                    try await bed.message(1, "conform/qos", Array(text.utf8), qos: min(sent, granted))
                }
            }
            try bed.none("a message came twice") { if case .message = $0 { true } else { false } }
        },
        Check(name: "A client gets its own message") { bed in
            try await bed.connect(0, "conform-own")
            try await bed.subscribe(0, [("conform/own", 1)])
            try await bed.publish(0, UplinkMessage("conform/own", "mine", qos: 1))
            try await bed.message(0, "conform/own", Array("mine".utf8), qos: 1)
        },
        Check(name: "Payloads are bytes: all 256 values, none, and 10 240 of them") { bed in
            try await bed.connect(0, "conform-bytes")
            try await bed.subscribe(0, [("conform/bytes", 1)])
            let payloads = [Array(0...UInt8.max), [], (0..<10_240).map { UInt8(truncatingIfNeeded: $0 &* 31) }]
            for (number, payload) in payloads.enumerated() {
                let message = UplinkMessage(topic: Array("conform/bytes".utf8), payload: payload, qos: 1)
                try await bed.publish(0, message, token: UInt64(20 + number))
                try await bed.message(0, "conform/bytes", payload, qos: 1)
            }
        },
        Check(name: "Messages of one client keep their order") { bed in
            try await bed.connect(0, "conform-order")
            try await bed.subscribe(0, [("conform/order", 1)])
            for number in 0..<50 {
                let message = UplinkMessage("conform/order", "\(number)", qos: 1)
                bed.uplink.perform(.publish(client: 0, token: UInt64(100 + number), message))
            }
            for number in 0..<50 {
                let event = try await bed.event("message \(number)") { if case .message = $0 { true } else { false } }
                guard case .message(0, let message) = event, message.payload == Array("\(number)".utf8) else {
                    throw UplinkViolation("instead of message \(number) came \(event)")
                }
            }
        },
        Check(name: "Wildcards match levels") { bed in
            try await bed.connect(0, "conform-wild")
            try await bed.subscribe(0, [("conform/wild/+/end", 1), ("conform/wild/deep/#", 0)])
            for (topic, qos) in [("conform/wild/a/end", UInt8(1)), ("conform/wild/deep/er/still", 0)] {
                try await bed.publish(0, UplinkMessage(topic, "w", qos: 1))
                try await bed.message(0, topic, Array("w".utf8), qos: qos)
            }
            try await bed.publish(0, UplinkMessage("conform/wild/a/b/end", "no", qos: 1))
            try await bed.publish(0, UplinkMessage("conform/wild/z/end", "mark", qos: 1))
            try await bed.message(0, "conform/wild/z/end", Array("mark".utf8), qos: 1)
            try bed.none("a filter matched too much") { if case .message = $0 { true } else { false } }
        },
        Check(name: "Unsubscribing ends delivery, and an unknown filter is no failure") { bed in
            try await bed.connect(0, "conform-un")
            try await bed.subscribe(0, [("conform/un/a", 1), ("conform/un/b", 1)])
            let filters = ["conform/un/a", "conform/un/never"].map { Array($0.utf8) }
            bed.uplink.perform(.unsubscribe(client: 0, token: 3, filters: filters))
            try await bed.event(.unsubscribed(client: 0, token: 3, nil))
            try await bed.publish(0, UplinkMessage("conform/un/a", "no", qos: 1))
            try await bed.publish(0, UplinkMessage("conform/un/b", "yes", qos: 1))
            try await bed.message(0, "conform/un/b", Array("yes".utf8), qos: 1)
            try bed.none("delivered after unsubscribing") { if case .message = $0 { true } else { false } }
        },
    ]
}
