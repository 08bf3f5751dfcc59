import LuaRuntime

/// `modem.sim`: faults of the simulated module behind a modem.
final class SimulatorObject: LuaObject {
    private let control: any SimulatorControl

    init(_ control: any SimulatorControl) {
        self.control = control
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "Simulator",
        "The simulated module behind a modem: faults to order.",
        receiver: "modem.sim",
        methods: [
            .synchronous(
                "fault",
                LuaDocumentation(
                    "Adds a fault, in the words of `moonwire sim --fault`.",
                    parameters: [.init("words", "string", "Such as `mute`, `drop-byte@p=0.001`, `reboot@5s`.")],
                    errors: [.argument],
                    example: #"if modem.sim then modem.sim:fault("mute") end"#
                )
            ) { call throws(LuaFailure) in
                let object = try call.receiver(as: SimulatorObject.self)
                try object.control.add(fault: try call.arguments.text(0))
            },
            .synchronous(
                "clear",
                LuaDocumentation(
                    "Ends all faults.",
                    errors: [],
                    example: #"if modem.sim then modem.sim:clear() end"#
                )
            ) { call throws(LuaFailure) in
                try call.receiver(as: SimulatorObject.self).control.clearFaults()
            },
        ]
    )
}
