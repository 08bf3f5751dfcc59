import ATProtocol

/// What CONNECT hands to the network side.
extension ModuleState {
    func connection(of index: Int, to server: ServerAddress) -> UplinkConnection {
        let client = mqtt.clients[index]
        return UplinkConnection(
            version: client.version,
            host: server.host,
            port: server.port,
            clientID: client.acquisition?.identifier ?? [],
            keepAlive: client.address?.keepAlive ?? 60,
            cleanSession: client.address?.cleanSession != 0,
            user: client.address?.user,
            password: client.address?.password,
            will: client.willTopic.map {
                UplinkMessage(
                    topic: $0,
                    payload: client.willMessage?.payload ?? [],
                    qos: client.willMessage?.qos ?? 0
                )
            },
            tls: client.acquisition?.serverType == 1 ? credentials(of: index, for: server) : nil,
            timeout: client.operationTimeout
        )
    }

    /// A file that is needed and missing is handed on as no bytes at all, which no uplink can use: the code for it
    /// must come after those for the name and the socket, which only the uplink knows.
    private func credentials(of index: Int, for server: ServerAddress) -> UplinkTLS {
        let context = context(of: index)
        func content(_ name: [UInt8]) -> [UInt8] { files.content(of: name) ?? [] }
        return UplinkTLS(
            version: context.version,
            verifiesServer: context.verifiesServer,
            ca: context.verifiesServer ? content(context.ca) : nil,
            certificate: context.presentsCertificate ? content(context.certificate) : nil,
            key: context.presentsCertificate ? content(context.key) : nil,
            keyPassword: context.passwordFile.isEmpty ? nil : content(context.passwordFile),
            checksDatesAt: context.ignoresLocalTime == 0 ? clock.time(at: now) : nil,
            serverName: context.sendsServerName == 1 && !server.isIPAddress ? server.host : nil,
            timeout: context.negotiationTime
        )
    }
}
