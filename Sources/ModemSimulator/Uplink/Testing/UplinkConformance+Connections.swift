extension UplinkConformance {
    static let connectionChecks: [Check] = [
        Check(name: "Connects, says farewell, connects again") { bed in
            for _ in 0..<2 {
                try await bed.connect(0, "conform-again")
                try await bed.disconnect(0)
            }
            try bed.none("more than one event answers a request") { _ in true }
        },
        Check(name: "Two clients are connected at once") { bed in
            try await bed.connect(0, "conform-two-a")
            try await bed.connect(1, "conform-two-b")
            try await bed.disconnect(0)
            try await bed.publish(1, UplinkMessage("conform/two", "still here", qos: 1))
        },
        Check(name: "A name that does not exist is not found") { bed in
            let host = bed.surroundings.unknownHost
            bed.uplink.perform(.connect(client: 0, bed.connection("conform-name") { $0.host = host }))
            try await bed.event(.connectFailed(client: 0, .nameNotFound))
        },
        Check(name: "A port where nobody listens gives no connection, and the client can connect elsewhere") { bed in
            let port = bed.surroundings.deadPort
            bed.uplink.perform(.connect(client: 0, bed.connection("conform-port") { $0.port = port }))
            try await bed.event(.connectFailed(client: 0, .noConnection))
            try await bed.connect(0, "conform-port")
        },
        Check(name: "Files without content are unusable credentials") { bed in
            let tls = UplinkTLS(verifiesServer: true, ca: [])
            bed.uplink.perform(.connect(client: 0, bed.connection("conform-tls") { $0.tls = tls }))
            try await bed.event(.connectFailed(client: 0, .unusableCredentials))
        },
        Check(name: "Requests of a client that is not connected are answered") { bed in
            bed.uplink.perform(.publish(client: 0, token: 7, UplinkMessage("conform/none", "x", qos: 1)))
            try await bed.event(.published(client: 0, token: 7, .notConnected))
            let filter = UplinkRequest.Filter(topic: Array("conform/none".utf8), qos: 0)
            bed.uplink.perform(.subscribe(client: 0, token: 8, filters: [filter]))
            try await bed.event(.subscribed(client: 0, token: 8, .failure(.notConnected)))
            bed.uplink.perform(.unsubscribe(client: 0, token: 9, filters: [filter.topic]))
            try await bed.event(.unsubscribed(client: 0, token: 9, .notConnected))
            bed.uplink.perform(.disconnect(client: 0))
            try await bed.event(.disconnected(client: 0, .notConnected))
        },
        Check(name: "The same identifier a second time ends the first connection") { bed in
            try await bed.connect(0, "conform-same")
            bed.uplink.perform(.connect(client: 1, bed.connection("conform-same")))
            try await bed.event(.lost(client: 0, .closedByPeer))
            try await bed.event(.connected(client: 1))
        },
        Check(name: "Nothing comes after shutdown") { bed in
            try await bed.connect(0, "conform-end")
            try await bed.subscribe(0, [("conform/end", 0)])
            await bed.uplink.shutdown()
            bed.uplink.perform(.publish(client: 0, token: 5, UplinkMessage("conform/end", "x", qos: 0)))
            try bed.none("an event came after shutdown") { _ in true }
        },
    ]
}
