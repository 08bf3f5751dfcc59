import A7600

/// Who made the module, what it is called, and which card is in it.
enum IdentityCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler("I", execute: information, write: { module, _ in information(&module) }),
        CommandHandler("+SIMCOMATI", test: { _ in .ok }, execute: longInformation),
        CommandHandler("+CGMI", test: { _ in .ok }, execute: { _ in .ok("SIMCOM INCORPORATED") }),
        CommandHandler("+GMI", test: { _ in .ok }, execute: { _ in .ok("SIMCOM INCORPORATED") }),
        CommandHandler("+CGMM", test: { _ in .ok }, execute: { .ok($0.profile.identity) }),
        CommandHandler("+GMM", test: { _ in .ok }, execute: { .ok($0.profile.identity) }),
        CommandHandler("+CGMR", test: { _ in .ok }, execute: { .ok("+CGMR: A35B01\($0.profile.identity)") }),
        CommandHandler("+GMR", test: { _ in .ok }, execute: { .ok("+GMR: A35B01\($0.profile.identity)") }),
        CommandHandler("+CGSN", test: { _ in .ok }, execute: { .ok($0.radio.identity.imei) }),
        CommandHandler("+GSN", test: { _ in .ok }, execute: { .ok($0.radio.identity.imei) }),
        CommandHandler("+GCAP", test: { _ in .ok }, execute: { _ in .ok(capabilities) }),
    ]

    private static let capabilities = "+GCAP: +CGSM,+FCLASS,+DS"

    private static func information(_ module: inout ModuleState) -> Answer {
        let model = module.profile.identity
        return .lines([
            "Manufacturer: INCORPORATED", "Model: \(model)", "Revision: \(model)_V1.0",
            "IMEI: \(module.radio.identity.imei)", capabilities,
        ])
    }

    private static func longInformation(_ module: inout ModuleState) -> Answer {
        let model = module.profile.identity
        return .lines([
            "Manufacturer: INCORPORATED", "Model: \(model)", "Revision: \(model)_V1.0", "A35B01\(model)", "QCN: ",
            "IMEI: \(module.radio.identity.imei)", "MEID: ", capabilities, "DeviceInfo: ",
        ])
    }
}
