extension Commands {
    /// In the order of the specification's table.
    static let general: [CommandDescription] =
        basic + identity + [characterSet, preferredMode, pin, signal]
        + [circuitRegistration, packetRegistration, epsRegistration, operatorSelection, systemInformation]
        + [defineContext, legacyContext, authentication, legacyAuthentication, attach, activate, addresses]
        + [socketContext, netOpen, netClose, socketAddress, socketMode]
        + [functionality, errorReports] + port + [zoneUpdate, clock, timeServer, restart, powerOff]
}
