internal import ArgumentParser
internal import Glibc
internal import ModemSimulator

/// `moonwire sim`: a simulated module for any other program.
struct Sim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a simulated module on a pty or a TCP port.",
        discussion: """
            Any program that talks to a modem can use it: screen, a Python script, a second moonwire.

              moonwire sim --pty ./modem0
              moonwire sim --tcp 127.0.0.1:7000 --profile sim7600 --fault reboot@30s
              moonwire run -p ./modem0 examples/mqtt-plain.lua

            Its network side is a private mosquitto on loopback, or a broker of your choice. It runs until Ctrl-C.
            """
    )

    @Option(
        help: ArgumentHelp("A link to the terminal to open; replaced when it is a link already.", valueName: "path")
    )
    var pty: String?

    @Option(
        help: ArgumentHelp(
            "An address to serve on, one client at a time; port 0 is any free one.",
            valueName: "host:port"
        )
    )
    var tcp: String?

    @Option(help: ArgumentHelp("The module's firmware family: a7600, a7670 or sim7600.", valueName: "name"))
    var profile: String = "a7600"

    @Option(help: ArgumentHelp("Where MQTT connections lead: private, or host:port of a broker.", valueName: "broker"))
    var broker: String = "private"

    @Option(help: ArgumentHelp("The private broker's port on 127.0.0.1; a free one by default.", valueName: "port"))
    var brokerPort: UInt16?

    @Option(help: ArgumentHelp("Where one host name leads; may be repeated.", valueName: "name=host:port"))
    var hosts: [String] = []

    @Option(help: ArgumentHelp("A folder that keeps certificates and saved settings over restarts.", valueName: "dir"))
    var state: String?

    @Option(
        help: ArgumentHelp("A fault, such as mute@AT+CSQ or drop-byte@p=0.001; may be repeated.", valueName: "fault")
    )
    var fault: [String] = []

    @Option(help: ArgumentHelp("Seed of everything random.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The module's IMEI, 15 digits.", valueName: "digits"))
    var imei: String?

    func validate() throws {
        if pty == nil && tcp == nil {
            throw ValidationError("say where to serve: --pty ./modem0 or --tcp 127.0.0.1:7000")
        }
        if pty != nil && tcp != nil { throw ValidationError("--pty and --tcp exclude each other") }
    }

    func run() async throws {
        let server = ModuleServer(
            place: try place(),
            configuration: try configuration(),
            store: try state.map { try ModuleStore(folder: $0) },
            network: try NetworkOptions(broker: broker, brokerPort: brokerPort.map(Int.init), hosts: hosts)
        )
        try await server.serve()
    }

    private func place() throws -> ModuleServer.Place {
        if let pty { return .pty(link: pty) }
        let endpoint = try HostAndPort(parsing: tcp ?? "", option: "--tcp")
        return .tcp(host: endpoint.host, port: endpoint.port)
    }

    private func configuration() throws -> ModuleConfiguration {
        var configuration = ModuleConfiguration(profile: try PortSettings.profile(named: profile), seed: seed)
        if let imei {
            guard imei.utf8.count == 15, imei.allSatisfy(\.isNumber) else {
                throw CommandFailure(.usage, "--imei \(imei): 15 digits expected")
            }
            configuration.imei = imei
        }
        configuration.faults = try fault.map { try PortSettings.fault($0) }
        return configuration
    }
}
