internal import A7600
internal import ArgumentParser
internal import ModemSimulator

/// `moonwire sim`: simulated modules for any other program.
struct Sim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sim",
        abstract: "Serve simulated modules on ptys or TCP ports.",
        discussion: """
            Any program that talks to a modem can use it: a terminal program, a script,
            gammu, a second moonwire.

              moonwire sim --pty ./modem0
              moonwire run -p ./modem0 examples/mqtt-plain.lua

            Several at once, each with an IMEI and files of its own:

              moonwire sim --count 8 --pty ./modem0         ./modem0 to ./modem7
              moonwire sim --count 8 --tcp 127.0.0.1:7000   ports 7000 to 7007

            What goes wrong with real modules, on demand and repeatable:

              moonwire sim --pty ./modem0 --fault reboot@30s
              moonwire sim --pty ./modem0 --fault drop-byte@p=0.001 --seed 42
              moonwire sim --pty ./modem0 --fault 'mute@AT+CSQ,n=1' --log ./lines.txt
              moonwire sim --pty ./modem0 --speed 9600 --pace real

            The network side is a private mosquitto on loopback that takes every host
            name, or a broker of your choice:

              moonwire sim --pty ./modem0 --broker 192.0.2.7:1883
              moonwire sim --pty ./modem0 --hosts broker.example=127.0.0.1:1883

            It runs until Ctrl-C, SIGTERM or SIGHUP, and takes its links, ports and
            broker with it; a second Ctrl-C does not wait for them. Exit status: 0
            ended by a signal, 2 usage or a state folder that cannot be written, 4 a
            port that cannot be served, 5 --state in use.
            """
    )

    @Option(
        help: ArgumentHelp(
            "A link to the terminal to open; replaced when it is a link already. With --count its number counts up.",
            valueName: "path"
        )
    )
    var pty: String?

    @Option(
        help: ArgumentHelp(
            "An address to serve on, one client at a time; port 0 is any free one. With --count the port counts up.",
            valueName: "host:port"
        )
    )
    var tcp: String?

    @Option(help: ArgumentHelp("How many modules, 1 to 256.", valueName: "number"))
    var count: Int = 1

    @Option(help: ArgumentHelp("The module's firmware family: a7600, a7670 or sim7600.", valueName: "name"))
    var profile: String = "a7600"

    @Option(help: ArgumentHelp("Where MQTT connections lead: private, or host:port of a broker.", valueName: "broker"))
    var broker: String = "private"

    @Option(help: ArgumentHelp("The private broker's port on 127.0.0.1; a free one by default.", valueName: "port"))
    var brokerPort: UInt16?

    @Option(help: ArgumentHelp("Where one host name leads; may be repeated.", valueName: "name=host:port"))
    var hosts: [String] = []

    @Option(
        help: ArgumentHelp(
            "A folder that keeps certificates and saved settings over restarts; with --count a folder each below it.",
            valueName: "dir"
        )
    )
    var state: String?

    @Option(help: ArgumentHelp("A real line's speed, 300 to 3686400 bits per second.", valueName: "baud"))
    var speed: Int?

    @Option(
        help: ArgumentHelp(
            "fast: every answer at once. real: the times of real modules, such as 20 ms for a command and 5 s for a boot.",
            valueName: "fast|real"
        )
    )
    var pace = Pace.fast

    @Option(
        help: ArgumentHelp(
            "A file for all bytes on the lines; passwords, PINs and certificate files are masked.",
            valueName: "file"
        )
    )
    var log: String?

    @Option(
        help: ArgumentHelp("A fault, such as mute@AT+CSQ or drop-byte@p=0.001; may be repeated.", valueName: "fault")
    )
    var fault: [String] = []

    @Option(help: ArgumentHelp("Seed of everything random; each further module takes the next.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The first module's IMEI, 15 digits; the others follow it.", valueName: "digits"))
    var imei: String?

    @Flag(help: "Where the modules are as JSON on standard output, one object a line.")
    var json = false

    enum Pace: String, ExpressibleByArgument, CaseIterable, Sendable { case fast, real }

    func validate() throws {
        if pty == nil && tcp == nil {
            throw ValidationError("say where to serve: --pty ./modem0 or --tcp 127.0.0.1:7000")
        }
        if pty != nil && tcp != nil { throw ValidationError("--pty and --tcp exclude each other") }
        guard (1...256).contains(count) else { throw ValidationError("--count \(count): 1 to 256 expected") }
        if let speed, !(300...3_686_400).contains(speed) {
            throw ValidationError("--speed \(speed): 300 to 3686400 expected")
        }
    }

    func run() async throws {
        let server = ModuleServer(
            modules: try modules(),
            network: try NetworkOptions(broker: broker, brokerPort: brokerPort.map(Int.init), hosts: hosts),
            log: try log.map { try LineLog(path: $0) },
            output: json ? .json : .text
        )
        try await server.serve()
    }

    private func modules() throws -> [ServedModule] {
        let (place, first) = (try place(), try configuration())
        guard let imei = IMEI(first.imei) else {
            throw CommandFailure(.usage, "--imei \(first.imei): 15 digits expected")
        }
        if count > 1, let state { try ModuleStore.makeFolder(state) }
        return try (0..<count).map { index in
            var configuration = first
            configuration.seed = seed &+ UInt64(index)
            configuration.imei = imei.advanced(by: index).text
            let own = place.numbered(index, of: count)
            return ServedModule(
                name: own.name,
                place: own,
                configuration: configuration,
                store: try state.map { try ModuleStore(folder: count == 1 ? $0 : "\($0)/\(index)") }
            )
        }
    }

    private func place() throws -> ServedModule.Place {
        if let pty { return .pty(link: pty) }
        let endpoint = try HostAndPort(parsing: tcp ?? "", option: "--tcp")
        guard endpoint.port == 0 || endpoint.port + count - 1 <= 65_535 else {
            throw CommandFailure(.usage, "--tcp \(tcp ?? ""): no room for \(count) ports below 65536")
        }
        return .tcp(host: endpoint.host, port: endpoint.port)
    }

    private func configuration() throws -> ModuleConfiguration {
        var configuration = ModuleConfiguration(profile: try PortSettings.profile(named: profile))
        configuration.profile.pace = pace.ofModule
        if let imei { configuration.imei = imei }
        configuration.faults = try fault.map { try PortSettings.fault($0) }
        if let speed { configuration.faults.append(Fault(.speed(speed))) }
        return configuration
    }
}

extension Sim.Pace {
    fileprivate var ofModule: Profile.Pace {
        switch self {
        case .fast: .fast
        case .real: .real
        }
    }
}
