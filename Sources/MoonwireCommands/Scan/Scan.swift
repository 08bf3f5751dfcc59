internal import ArgumentParser
internal import ModemTransports

/// `moonwire scan`: the modems of this machine.
struct Scan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "List the modems on USB: model, IMEI, AT port, place on the bus, who has them.",
        usage: "moonwire scan [<options>]",
        discussion: """
            Only ports that look like the AT interface of a known modem are opened, and none that another program has.
            What stands under IMEI and TOPOLOGY is an address for --port.

              moonwire scan
              moonwire scan --json --no-probe
              moonwire run -p imei:867584030000018 provision.lua

            Exit status 4: no modem found.
            """
    )

    @Flag(help: "Open no port: model and IMEI stay unknown.")
    var noProbe = false

    @Flag(help: "Also list serial ports on USB that belong to no known modem.")
    var all = false

    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("Where sysfs is; /sys by default.", valueName: "dir", visibility: .hidden))
    var sysfs: String?

    @Option(help: ArgumentHelp("Where device files are; /dev by default.", valueName: "dir", visibility: .hidden))
    var devices: String?

    func run() async throws {
        let scanner = PortScanner(
            sysfs: sysfs ?? environment("MOONWIRE_SYSFS") ?? "/sys",
            devices: devices ?? environment("MOONWIRE_DEVICES") ?? "/dev"
        )
        let found = scanner.scan()
        let discovery = ModemDiscovery(scanner: scanner, asking: noProbe ? .notAsked : .asked)
        let modems = await discovery.look(at: found)
        let others = all ? found.filter { $0.model == nil } : []
        StandardOutput.write(output.json ? Self.json(modems, others) : text(modems, others))
        guard modems.isEmpty else { return }
        if !output.quiet {
            StandardError.say(
                "no modem found on USB; `moonwire scan --all` lists other serial ports, `--port sim` is a simulated modem"
            )
        }
        throw ExitStatus.notFound
    }

    private func text(_ modems: [FoundModem], _ others: [USBDevice]) -> String {
        let style = Style(output.color)
        return (modems.isEmpty ? "" : ScanTable.text(modems, style: style)) + ScanTable.others(others, style: style)
    }

    private static func json(_ modems: [FoundModem], _ others: [USBDevice]) -> String {
        (modems.map(ScanJSON.value) + others.flatMap(\.ports).map(ScanJSON.port)).map { $0.text + "\n" }.joined()
    }
}
