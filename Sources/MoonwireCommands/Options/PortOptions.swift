internal import ArgumentParser

/// Which modem, and how to reach it.
struct PortOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The modem: a device such as /dev/ttyUSB2, usb:place, imei:number, tcp://host:port, rfc2217://host:port, "
                + "sim, or sim:profile=sim7600,state=DIR,pace=real.",
            discussion: """
                Without it, MOONWIRE_PORT, then port = in .moonwire here or above, then in ~/.config/moonwire/config; \
                without all that, the only modem found on USB; with none, a simulated A7600 and a private MQTT broker. \
                The three options below are looked for in the same way.
                """,
            valueName: "port"
        )
    )
    var port: String?

    @Option(help: ArgumentHelp("The module's firmware family: a7600, a7670 or sim7600.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("Speed of a serial port in bits per second; 115200 by default.", valueName: "rate"))
    var baud: Int?

    @Option(help: ArgumentHelp("Flow control of a serial port; none by default.", valueName: "kind"))
    var flow: FlowControl?

    @Option(
        help: ArgumentHelp(
            "Sets the DTR line of a serial or RFC 2217 port at each opening; left alone otherwise.",
            valueName: "level"
        )
    )
    var dtr: SignalLevel?

    @Option(help: ArgumentHelp("The same for the RTS line.", valueName: "level"))
    var rts: SignalLevel?

    @Flag(
        help: """
            Where DTR switches the module's power: drops it for a second when the module no longer answers. \
            Without this DTR is never pulsed.
            """
    )
    var powerCycleDtr = false

    @Option(
        help: ArgumentHelp(
            "A fault of the simulated module, such as mute@AT+CSQ; may be repeated.",
            valueName: "fault"
        )
    )
    var fault: [String] = []

    @Option(
        help: ArgumentHelp("Seed of everything random in the simulated module and the script.", valueName: "number")
    )
    var seed: UInt64?

    @Option(
        help: ArgumentHelp("The port of the private broker on 127.0.0.1; a free one by default.", valueName: "port")
    )
    var brokerPort: UInt16?

    enum SignalLevel: String, ExpressibleByArgument, CaseIterable, Sendable { case on, off }

    enum FlowControl: String, ExpressibleByArgument, CaseIterable, Sendable { case none, rts }
}
