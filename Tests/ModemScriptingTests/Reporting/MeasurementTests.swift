import LuaRuntime
import Testing

@testable import ModemScripting

@Suite struct MeasurementTests {
    @Test(
        arguments: [
            (LuaValue.integer(-67), -95.0, nil, Measurement.Verdict.pass),
            (.integer(-95), -95, nil, .pass),
            (.number(-95.5), -95, nil, .fail),
            (.number(3), 1, 3, .pass),
            (.number(3.01), 1, 3, .fail),
            (.number(.nan), 1, 3, .fail),
            (.nil, 1, nil, .fail),
            (.nil, nil, nil, .pass),
            (.string(Array("abc".utf8)), nil, nil, .pass),
            (.string(Array("abc".utf8)), nil, 3, .fail),
        ] as [(LuaValue, Double?, Double?, Measurement.Verdict)]
    )
    func limitsAreInclusiveAndOnlyNumbersMeetThem(
        value: LuaValue,
        min: Double?,
        max: Double?,
        verdict: Measurement.Verdict
    ) {
        #expect(Measurement(name: "m", value: value, min: min, max: max).verdict == verdict)
    }

    @Test func textShowsNameValueUnitAndLimits() {
        #expect(Measurement(name: "rssi", value: -67, unit: "dBm", min: -95).text == "rssi -67 dBm   (≥ -95)")
        #expect(Measurement(name: "t", value: 0.25, unit: "s", min: 0, max: 1).text == "t 0.25 s   (0…1)")
        #expect(Measurement(name: "model", value: "A7600C").text == "model A7600C")
    }
}
