import ATProtocol

/// The clock that `AT+CCLK?` shows and that certificates are checked against.
struct ModuleClock: Sendable {
    private var unix: Int64
    private var setAt: Moment
    /// Quarter hours east of UTC.
    private(set) var zone: Int
    private(set) var isSet: Bool

    init(unix: Int64, at now: Moment, zone: Int = 0) {
        self.unix = unix
        setAt = now
        self.zone = zone
        isSet = true
    }

    init(configuration: ModuleConfiguration, at now: Moment) {
        switch configuration.clock {
        case .set: self.init(unix: configuration.networkTime, at: now)
        case .unset: self = .unset(at: now)
        }
    }

    /// Counts from the first second of 1970.
    static func unset(at now: Moment) -> ModuleClock {
        var clock = ModuleClock(unix: 0, at: now)
        clock.isSet = false
        return clock
    }

    /// Unix seconds.
    func time(at now: Moment) -> Int64 {
        unix + (now - setAt).nanoseconds / 1_000_000_000
    }

    /// `yy/MM/dd,hh:mm:ss±zz` in local time.
    func text(at now: Moment) -> String {
        let date = CivilTime(unix: time(at: now) + Int64(zone) * 900)
        return date.text + (zone < 0 ? "-" : "+") + padded(zone.magnitude)
    }

    /// Reads `yy/MM/dd,hh:mm:ss±zz`; the zone may be missing. Nil: not of this form, or no such time.
    static func parse(_ text: [UInt8], at now: Moment) -> ModuleClock? {
        guard text.count == 17 || text.count == 20, let date = CivilTime(text: text.prefix(17)) else { return nil }
        var zone = 0
        if text.count == 20 {
            guard let quarters = ArgumentReader.number(Array(text[18...])), quarters <= 96 else { return nil }
            switch text[17] {
            case UInt8(ascii: "+"): zone = quarters
            case UInt8(ascii: "-"): zone = -quarters
            default: return nil
            }
        }
        return ModuleClock(unix: date.unix - Int64(zone) * 900, at: now, zone: zone)
    }
}

/// Two decimal digits at least.
func padded(_ value: some BinaryInteger) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
