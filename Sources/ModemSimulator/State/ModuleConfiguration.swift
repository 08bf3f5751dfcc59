package import A7600

/// What a simulated module is made of. It is fixed for the module's life; faults may be added later.
package struct ModuleConfiguration: Sendable {
    package var profile: Profile
    package var imei: String
    /// Seed of everything random in the module and its faults.
    package var seed: UInt64
    package var start: Start
    package var clock: Clock
    /// Unix seconds at the first moment: what NTP and the network say the time is.
    package var networkTime: Int64
    /// Certificate files in the store, oldest first.
    package var certificates: [StoredFile]
    /// Files at the root of the file system, which `AT+CCERTMOVE` can move.
    package var rootFiles: [StoredFile]
    /// Saved settings, as `StoreChange.setting` reported them.
    package var settings: [String: String]
    package var sim: SIMCard
    package var faults: [Fault]

    package init(
        profile: Profile = .a7600,
        imei: String = "867584030000018",
        seed: UInt64 = 1,
        start: Start = .booted,
        clock: Clock = .set,
        networkTime: Int64 = 1_772_357_400,
        certificates: [StoredFile] = [],
        rootFiles: [StoredFile] = [],
        settings: [String: String] = [:],
        sim: SIMCard = .ready,
        faults: [Fault] = []
    ) {
        self.profile = profile
        self.imei = imei
        self.seed = seed
        self.start = start
        self.clock = clock
        self.networkTime = networkTime
        self.certificates = certificates
        self.rootFiles = rootFiles
        self.settings = settings
        self.sim = sim
        self.faults = faults
    }

    package enum Start: String, CaseIterable, Sendable {
        /// Registered, echo on, nothing on the line.
        case booted
        /// The boot sequence comes first.
        case cold
    }

    package enum Clock: String, CaseIterable, Sendable {
        case set
        /// Counts from the first second of 1970.
        case unset
    }

    package enum SIMCard: Equatable, Sendable {
        case ready
        case absent
        /// Asks for this PIN at every boot.
        case locked(pin: String)
    }

    package struct StoredFile: Equatable, Sendable {
        package var name: [UInt8]
        package var content: [UInt8]
        package init(name: [UInt8], content: [UInt8]) {
            self.name = name
            self.content = content
        }
    }
}
