import ATProtocol
import Testing

@Suite("Acceptance vectors")
struct VectorTests {
    @Test("A dialogue gives the events its vector lists", arguments: try AcceptanceVectors.all())
    func whole(_ vector: Vector) throws {
        #expect(try vector.run { _, bytes in [bytes[...]] } == vector.expected)
    }
}
