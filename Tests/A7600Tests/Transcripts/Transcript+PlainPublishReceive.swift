extension Transcript {
    static let plainPublishReceive = Transcript(
        "08_a7670_plain_publish_receive",
        #"""
        # source: A7670, lines
        # module: A7670, plain MQTT; separate parts of a log, each introduced by a comment
        # fidelity: lines
        # START failing with err 1: asynchronous form, OK first
        > AT+CMQTTSTART
        < OK
        <
        < +CMQTTSTART: 1
        # will
        > AT+CMQTTWILLTOPIC=0,4
        < >
        > test
        < OK
        > AT+CMQTTWILLMSG=0,6,1
        < >
        > 123456
        < OK
        # publish (typed data not shown)
        > AT+CMQTTTOPIC=0,4
        < >
        < OK
        > AT+CMQTTPAYLOAD=0,6
        < >
        < OK
        > AT+CMQTTPUB=0,0,60
        < OK
        <
        < +CMQTTPUB: 0,0
        # receive
        < +CMQTTRXSTART: 0,4,6
        < +CMQTTRXTOPIC: 0,4
        < test
        < +CMQTTRXPAYLOAD: 0,6
        < 999999
        < +CMQTTRXEND: 0
        """#,
        meaning: #"""
            AT+CMQTTSTART taken
            AT+CMQTTSTART → failed CMQTT 1
            AT+CMQTTWILLTOPIC → OK
            AT+CMQTTWILLMSG → OK
            AT+CMQTTTOPIC → OK
            AT+CMQTTPAYLOAD → OK
            AT+CMQTTPUB taken
            AT+CMQTTPUB → +CMQTTPUB: 0,0 | OK
            message 0 complete test | 999999
            """#
    )
}
