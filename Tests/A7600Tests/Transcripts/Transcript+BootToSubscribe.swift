extension Transcript {
    static let bootToSubscribe = Transcript(
        "03_a7670g_boot_to_subscribe",
        #"""
        # source: A7670G-LLSE, terminal; Xinyuan-LilyGO/LilyGo-Modem-Series, MQTTS example for Azure IoT Hub
        # module: A7670G-LLSE, Revision A124B01A7670M7 / A7670M7_B01V01_240722 (IMEI masked)
        # fidelity: terminal. TLS with authmode 0, MQTT 3.1.1, long user name and password (masked). The host sends "AT" repeatedly
        #   while the module boots. URCs stand before echoes and inside the wait for CMQTTCONNECT.
        #   "+CME ERROR: 13" has one line break less before it than other answers.
        > AT
        > AT
        > AT
        > AT
        <
        < *ATREADY: 1
        > AT
        < AT
        <
        < OK
        > AT+CPIN?
        < AT+CPIN?
        < +CME ERROR: 13
        <
        < +CPIN: READY
        > AT+CEREG?
        <
        < +CGEV: EPS PDN ACT 1
        <
        < +CGEV: ME PDN ACT 8,1
        < AT+CEREG?
        <
        < +CEREG: 0,1
        <
        < OK
        > AT+CPSI?
        < AT+CPSI?
        <
        < +CPSI: LTE,Online,460-11,0x7764,117148181,127,EUTRAN-BAND1,100,5,5,8,53,60,-4
        <
        < OK
        > AT+NETOPEN
        < AT+NETOPEN
        <
        < OK
        <
        < +NETOPEN: 0
        > AT+IPADDR
        < AT+IPADDR
        <
        < +IPADDR: 10.4.112.219
        <
        < OK
        > AT+SIMCOMATI
        < AT+SIMCOMATI
        <
        < Manufacturer: SIMCOM INCORPORATED
        < Model: A7670G-LLSE
        < Revision: A124B01A7670M7
        < A7670M7_B01V01_240722
        < IMEI: xxxxxxxxxxxxxxx
        <
        < OK
        > AT+CMQTTSTART
        < AT+CMQTTSTART
        <
        < OK
        <
        < +CMQTTSTART: 0
        > AT+CSSLCFG="authmode",0,0
        < AT+CSSLCFG="authmode",0,0
        <
        < OK
        > AT+CMQTTREL=0
        < AT+CMQTTREL=0
        <
        < +CMQTTREL: 0,20
        <
        < ERROR
        > AT+CMQTTACCQ=0,"MyDevice",1
        < AT+CMQTTACCQ=0,"MyDevice",1
        <
        < OK
        > AT+CMQTTCFG="version",0,4
        < AT+CMQTTCFG="version",0,4
        <
        < OK
        > AT+CMQTTCONNECT=0,"tcp://xxxxxxx.azure-devices.net:8883",60,1,"xxxxxxx.azure-devices.net/MyDevice/?api-version=2021-04-12","SharedAccessSignature sr=xxxxxxx.azure-devices.net%2Fdevices%2FMyDevice&sig=<masked>&se=1755875053"
        < AT+CMQTTCONNECT=0,"tcp://xxxxxxx.azure-devices.net:8883",60,1,"xxxxxxx.azure-devices.net/MyDevice/?api-version=2021-04-12","SharedAccessSignature sr=xxxxxxx.azure-devices.net%2Fdevices%2FMyDevice&sig=<masked>&se=1755875053"
        <
        < PB DONE
        <
        < SMS DONE
        <
        < OK
        <
        < +CMQTTCONNECT: 0,0
        > AT+CMQTTDISC?
        < AT+CMQTTDISC?
        <
        < +CMQTTDISC: 0,0
        < +CMQTTDISC: 1,1
        <
        < OK
        > AT+CMQTTSUB=0,39,0,0
        < AT+CMQTTSUB=0,39,0,0
        <
        < >
        > devices/MyDevice/messages/devicebound/#
        # the typed data is not echoed on this firmware
        <
        < OK
        <
        < +CMQTTSUB: 0,0
        > AT+CMQTTTOPIC=0,33
        < AT+CMQTTTOPIC=0,33
        # capture stops here in the source
        """#,
        meaning: #"""
            urc *ATREADY: 1
            restarted unexpectedly
            AT → failed lost restarted
            AT → failed lost restarted
            AT → failed lost restarted
            AT → failed lost restarted
            AT → OK
            AT+CPIN? → failed CME 13
            urc +CPIN: READY
            urc +CGEV: EPS PDN ACT 1
            urc +CGEV: ME PDN ACT 8,1
            AT+CEREG? → +CEREG: 0,1 | OK
            AT+CPSI? → +CPSI: LTE,Online,460-11,0x7764,117148181,127,EUTRAN-BAND1,100,5,5,8,53,60,-4 | OK
            AT+NETOPEN taken
            AT+NETOPEN → +NETOPEN: 0 | OK
            AT+IPADDR → +IPADDR: 10.4.112.219 | OK
            AT+SIMCOMATI → Manufacturer: SIMCOM INCORPORATED | Model: A7670G-LLSE | Revision: A124B01A7670M7 | A7670M7_B01V01_240722 | IMEI: xxxxxxxxxxxxxxx | OK
            AT+CMQTTSTART taken
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CSSLCFG → OK
            AT+CMQTTREL → failed CMQTT 20
            AT+CMQTTACCQ → OK
            AT+CMQTTCFG → OK
            urc PB DONE
            urc SMS DONE
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            AT+CMQTTDISC? → +CMQTTDISC: 0,0 | +CMQTTDISC: 1,1 | OK
            AT+CMQTTSUB taken
            AT+CMQTTSUB → +CMQTTSUB: 0,0 | OK
            AT+CMQTTTOPIC → failed lost portVanished
            """#
    )
}
