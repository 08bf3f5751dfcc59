extension Transcript {
    static let connectFailureWithoutOK = Transcript(
        "12_a7670e_connect_failure_without_ok",
        #"""
        # source: A7670E, terminal; alexCajas/EmbeddedMqttBroker #20
        # module: A7670E. The broker's address cannot be reached: result line and ERROR, no OK. The same client connects again without release.
        # fidelity: terminal
        > AT+CSQ
        <
        < +CSQ: 27,99
        <
        < OK
        > AT+CPIN?
        <
        < +CPIN: READY
        <
        < OK
        > AT+CPSI?
        <
        < +CPSI: LTE,Online,214-03,0x2526,248405103,497,EUTRAN-BAND3,1849,5,0,8,50,55,10
        <
        < OK
        > AT+CMQTTSTART
        <
        < OK
        <
        < +CMQTTSTART: 0
        > AT+CMQTTACCQ=0,"a1accq",0
        <
        < OK
        > AT+CMQTTCFG="argtopic",0,1,1
        <
        < OK
        > AT+CMQTTCONNECT=0,"tcp://192.168.43.128:1883",20,1
        <
        < +CMQTTCONNECT: 0,3
        <
        < ERROR
        > AT+CMQTTCONNECT=0,"tcp://192.168.43.128",20,1
        <
        < +CMQTTCONNECT: 0,3
        <
        < ERROR
        """#,
        meaning: #"""
            AT+CSQ → +CSQ: 27,99 | OK
            AT+CPIN? → +CPIN: READY | OK
            AT+CPSI? → +CPSI: LTE,Online,214-03,0x2526,248405103,497,EUTRAN-BAND3,1849,5,0,8,50,55,10 | OK
            AT+CMQTTSTART taken
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CMQTTACCQ → OK
            AT+CMQTTCFG → OK
            AT+CMQTTCONNECT → failed CMQTT 3
            AT+CMQTTCONNECT → failed CMQTT 3
            """#
    )
}
