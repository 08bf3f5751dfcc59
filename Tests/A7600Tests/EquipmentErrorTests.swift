import Testing

@testable import A7600

@Suite struct EquipmentErrorTests {
    @Test(arguments: [
        (3, "operation not allowed"), (4, "operation not supported"), (10, "SIM not inserted"),
        (11, "SIM PIN required"), (12, "SIM PUK required"), (13, "SIM failure"), (14, "SIM busy"),
        (16, "incorrect password"), (30, "no network service"), (31, "network timeout"),
        (32, "network not allowed - emergency calls only"), (50, "Incorrect parameters"), (100, "unknown error"),
        (133, "requested service option not subscribed"), (149, "PDP authentication failure"),
    ])
    func aNumberOfTheSpecificationHasItsText(number: Int, text: String) {
        #expect(EquipmentError.cme[number] == text)
        #expect(EquipmentError.number(cme: text) == number)
    }

    @Test func textsAreComparedWithoutCase() {
        #expect(EquipmentError.number(cme: "sim NOT inserted") == 10)
        #expect(EquipmentError.number(cms: "sim failure") == 313)
        #expect(EquipmentError.number(cme: "no such text") == nil)
    }

    @Test func textsOfOneTableAreDistinct() {
        #expect(Set(EquipmentError.cme.values.map { $0.lowercased() }).count == EquipmentError.cme.count)
        #expect(Set(EquipmentError.cms.values.map { $0.lowercased() }).count == EquipmentError.cms.count)
    }

    @Test func aNumberThatOnlyTheOtherTableHasIsExplainedFromIt() {
        #expect(EquipmentError.cme[313] == nil)
        #expect(EquipmentError.explanation(cme: 313) == "SIM failure")
        #expect(EquipmentError.explanation(cme: 13) == "SIM failure")
        #expect(EquipmentError.explanation(cme: 999) == nil)
    }
}
