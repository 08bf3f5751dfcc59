import A7600
import ArgumentParser
import ModemSimulator
import ModemTransports
import Testing

@testable import MoonwireCommands

/// How fast the engine takes the line to be: what its deadlines are made of.
@Suite struct LineSpeedTests {
    private func settings(_ arguments: [String], sim: String? = nil) throws -> PortSettings {
        let settings = try PortSettings(try PortOptions.parse(arguments))
        guard let sim, case .simulated(let options) = try PortAddress(parsing: sim) else { return settings }
        return try settings.overridden(by: options)
    }

    @Test func `without options it is the usual rate`() throws {
        #expect(try settings([]).lineSpeed == 115_200)
    }

    @Test func `the rate of the port counts, and a simulated line's own speed more`() throws {
        #expect(try settings(["--baud", "9600"]).lineSpeed == 9600)
        #expect(try settings([], sim: "sim:speed=4800").lineSpeed == 4800)
        #expect(try settings(["--baud", "19200", "--fault", "speed=9600"]).lineSpeed == 9600)
    }

    @Test func `a speed that comes later or for a time says nothing of the beginning`() throws {
        #expect(try settings(["--fault", "speed=9600@5s"]).lineSpeed == 115_200)
        #expect(try settings(["--fault", "speed=9600@for=2s"]).lineSpeed == 115_200)
    }

    @Test(arguments: ["sim:speed=fast", "sim:speed=299", "sim:pace=slow", "sim:state="])
    func `a speed is a number in range, a pace fast or real, a state a folder`(address: String) throws {
        let failure = #expect(throws: CommandFailure.self) { try settings([], sim: address) }
        #expect(failure?.status == .usage)
    }

    @Test func `the pace is the module's, whatever its profile`() throws {
        #expect(try settings([]).module.profile.pace == .fast)
        let settings = try settings([], sim: "sim:pace=real,profile=sim7600")
        #expect(settings.module.profile.pace == .real)
        #expect(settings.profile.bootFamily == .rdy)
    }

    @Test func `the folder of the simulated module's state is kept`() throws {
        #expect(try settings([], sim: "sim:state=/tmp/unit").state == "/tmp/unit")
        #expect(try settings([], sim: "sim").state == nil)
    }
}
