extension Transcript {
    static let startTwice = Transcript(
        "07_sim7600_start_twice",
        #"""
        # source: SIM7600, terminal, excerpt; the same answer to START in elementzonline/Arduino-Sample-Codes #13 (SIM7600E-H)
        # module: SIM7600. The host was reset, the module was not: the service is still started.
        # fidelity: terminal, excerpt. The CGPADDR answer is cut by the host's 160-byte buffer.
        > AT+CGPADDR
        < AT+CGPADDR
        <
        < +CGPADDR: 1,100.111.74.74
        < +CGPADDR: 2,0.0.0.0,0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0
        < +CGPADDR: 3,0.0.0.0,0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0
        < +CGPADDR: 4,0.
        # cut here by the host buffer; the last byte of the answer shows up as "0" before the next echo
        > AT+CMQTTSTART
        < AT+CMQTTSTART
        <
        < +CMQTTSTART: 23
        <
        < ERROR
        """#,
        meaning: #"""
            AT+CGPADDR → +CGPADDR: 1,100.111.74.74 | +CGPADDR: 2,0.0.0.0,0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 | +CGPADDR: 3,0.0.0.0,0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 | +CGPADDR: 4,0. | OK
            AT+CMQTTSTART → failed CMQTT 23
            """#
    )
}
