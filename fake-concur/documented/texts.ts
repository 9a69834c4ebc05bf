/**
 * The JSON examples of the three reference pages, byte for byte (their odd indentation included).
 * Each also lies beside this file as `<name>.json`; this module brings them into the build.
 */
export const documentedTexts = {
	'create-request': String.raw`{
  "businessPurpose": "Trip to Lyon for company training",
  "comment": "Company training requires to go to Lyon",
  "custom1": {
    "value": "Training part of IT Service"
  },
  "custom2": {
    "value": "8422A66A9B0142458020D9BCD4351D38"
  },
  "custom3": {
    "value": "5A0F9AF6B92E34468698040C915688BF"
  },
  "custom4": {
    "value": "3F54AE68BA66EF49A5984E5197202A4D"
  },
  "endDate": "2018-07-03",
  "endTime": "22:00",
  "startDate": "2018-07-01",
  "startTime": "07:15",
  "name": "Company Training - JULY 2018",
  "mainDestination": {
    "city": "Lyon, FRANCE",
    "countryCode": "FR",
    "countrySubDivisionCode": "FR-69",
    "name": "Lyon, FRANCE"
  },
  "policy": {
    "id": "F4C8BD31CA9D4D6292795BE687EB9B2A"
  },
  "travelAgency": {
    "id": "2EC038D7C3CBBE4ABA0914425064D34F"
  }
}`,
	'created-request': String.raw`{
  "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/CED5E9CD8FC1424488F9331ACF956E73",
  "id": "CED5E9CD8FC1424488F9331ACF956E73",
  "approvalStatus": {
    "code": "NOT_SUBMITTED",
    "name": "Not Submitted"
  },
  "approved": false,
  "businessPurpose": "Trip to Lyon for company training",
  "canceledPostApproval": false,
  "closed": false,
  "comment": "Company training requires to go to Lyon",
  "creationDate": "2018-05-25T08:08:59.000Z",
  "custom1": {
    "value": "Training part of IT Service"
  },
  "custom2": {
    "href": "https://us.api.concursolutions.com/list/v4/items/8422A66A9B0142458020D9BCD4351D38",
    "code": "CEN3",
    "value": "8422A66A9B0142458020D9BCD4351D38",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom3": {
    "href": "https://us.api.concursolutions.com/list/v4/items/5A0F9AF6B92E34468698040C915688BF",
    "code": "CEN3PRO1",
    "value": "5A0F9AF6B92E34468698040C915688BF",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom4": {
    "href": "https://us.api.concursolutions.com/list/v4/items/5A0F9AF6B92E34468698040C915688BF",
    "code": "TRAINING",
    "value": "3F54AE68BA66EF49A5984E5197202A4D",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "endDate": "2018-07-03",
  "endTime": "22:00",
  "everSentBack": false,
  "expenses": [],
  "highestExceptionLevel": "WARNING",
  "lastModified": "2018-05-25T08:08:59.000Z",
  "mainDestination": {
    "countryCode": "FR",
    "countrySubDivisionCode": "FR-69",
    "city": "Lyon, FRANCE",
    "name": "Lyon, FRANCE"
  },
  "name": "Company Training - JULY 2018",
  "owner": {
    "firstName": "John",
    "id": "c0d9894b-98e2-48d5-86f9-1decde90dd15",
    "lastName": "Doe"
  },
  "pendingApproval": false,
  "policy": {
    "id": "F4C8BD31CA9D4D6292795BE687EB9B2A"
  },
  "requestId": "333U",
  "startDate": "2018-07-01",
  "startTime": "07:15",
  "totalApprovedAmount": {
    "value": 0,
    "currency": "USD"
  },
  "totalPostedAmount": {
    "value": 0,
    "currency": "USD"
  },
  "totalRemainingAmount": {
    "value": 0,
    "currency": "USD"
  },
  "travelAgency": {
    "href": "https://us.api.concursolutions.com/travelrequest/v4/travelagencies/2EC038D7C3CBBE4ABA0914425064D34F",
    "id": "2EC038D7C3CBBE4ABA0914425064D34F",
    "template": "https://https://us.api.concursolutions.com/travelrequest/v4/travelagencies/{id}"
  },
  "type": {
    "code": "TRAVEL",
    "label": "Travel"
  },
  "operations": [
    {
      "rel": "submit",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/CED5E9CD8FC1424488F9331ACF956E73/submit"
    }
  ]
}`,
	'request-list': String.raw`{
  "data": [{
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/2B19A2438CD6664A9C44E0F4D39E870A",
      "id": "2B19A2438CD6664A9C44E0F4D39E870A",
      "approvalStatus": {
        "code": "SUBMITTED",
        "name": "Submitted & Pending Approval"
      },
      "approved": false,
      "approver": {
        "id": "86ac9588-5032-3fa7-b3cc-20e97d2d7146",
        "firstName": "Jason",
        "lastName": "McCafee"
      },
      "businessPurpose": "PMP Training in Nantes",
      "canceledPostApproval": false,
      "closed": false,
      "comment": "Plane too early in the morning, if possible book Hotel and arrive the day before\n",
      "creationDate": "2018-09-03T11:53:02.000Z",
      "endDate": "2018-10-08",
      "everSentBack": true,
      "expenses": [],
      "name": "PMP Training - OCTOBER",
      "owner": {
        "firstName": "John",
        "id": "c0d9894b-98e2-48d5-86f9-1decde90dd15",
        "lastName": "Doe"
      },
      "pendingApproval": true,
      "requestId": "3AT7",
      "startDate": "2018-10-08",
      "startTime": "05:00",
      "submitDate": "2018-09-03T11:55:00.000Z",
      "totalApprovedAmount": {
        "value": 213.06,
        "currency": "USD"
      },
      "totalPostedAmount": {
        "value": 213.06,
        "currency": "USD"
      },
      "totalRemainingAmount": {
        "value": 213.06,
        "currency": "USD"
      },
      "type": {
        "code": "TRAVEL",
          "label": "Travel"
      }
    },
    {
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/4CCBAE73F3E14346AE93253480F5C409",
      "id": "4CCBAE73F3E14346AE93253480F5C409",
      "approvalStatus": {
        "code": "NOT_SUBMITTED",
        "name": "Not Submitted"
      },
      "approved": false,
      "businessPurpose": "Client meeting for project KIWI",
      "canceledPostApproval": false,
      "closed": false,
      "comment": "Need to arrive the day before as meeting is in Company office early in the morning\n",
      "creationDate": "2018-09-03T11:44:10.000Z",
      "endDate": "2018-09-20",
      "everSentBack": false,
      "expenses": [],
      "name": "Client meeting in Berlin",
      "owner": {
        "firstName": "John",
        "id": "c0d9894b-98e2-48d5-86f9-1decde90dd15",
        "lastName": "Doe"
      },
      "pendingApproval": false,
      "requestId": "3AT6",
      "startDate": "2018-09-18",
      "startTime": "17:30",
      "submitDate": "2018-09-03T11:49:32.000Z",
      "totalApprovedAmount": {
        "value": 478.56,
        "currency": "USD"
      },
      "totalPostedAmount": {
        "value": 478.56,
        "currency": "USD"
      },
      "totalRemainingAmount": {
        "value": 478.56,
        "currency": "USD"
      },
      "type": {
        "code": "TRAVEL",
          "label": "Travel"
      }
    }
  ],
  "operations": [{
      "rel": "next",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests?view=ALL&limit=3&start=3"
    },
    {
      "rel": "first",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests?view=ALL&limit=3&start=0"
    },
    {
      "rel": "last",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests?view=ALL&limit=3&start=135"
    }
  ]
}`,
	'request': String.raw`{
  "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2",
  "id": "224AF3CDCC2A5244A37C72FA5770C6F2",
  "approvalStatus": {
    "code": "NOT_SUBMITTED",
    "name": "Not Submitted"
  },
  "approved": false,
  "businessPurpose": "Client meeting for project KIWI",
  "canceledPostApproval": false,
  "cashAdvances": {
    "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2/cashadvances",
    "id": "224AF3CDCC2A5244A37C72FA5770C6F2",
    "template": "https://us.api.concursolutions.com/travelrequest/v4/requests/{id}/cashadvances"
  },
  "closed": false,
  "comment": "Need to arrive the day before for meeting in Company Office",
  "comments": {
    "href": "http://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2/comments",
    "id": "224AF3CDCC2A5244A37C72FA5770C6F2",
    "template": "http://us.api.concursolutions.com/travelrequest/v4/requests/{id}/comments"
  },
  "creationDate": "2018-05-25T07:31:33.000Z",
  "custom1": {
    "value": "Kick-off meeting for project KIWI"
  },
  "custom2": {
    "href": "https://us.api.concursolutions.com/list/v4/items/54F0CBD8833CB348BD45A6C7C621C951",
    "code": "CEN1",
    "value": "54F0CBD8833CB348BD45A6C7C621C951",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom3": {
    "href": "https://us.api.concursolutions.com/list/v4/items/441D6FC50766A044ACC07FF780F1BAD9",
    "code": "CEN1PRO2",
    "value": "441D6FC50766A044ACC07FF780F1BAD9",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom4": {
    "href": "https://us.api.concursolutions.com/list/v4/items/050BE16A7BF72948810AFDBC9069BD8E",
    "code": "CLIENTPROJECT",
    "value": "050BE16A7BF72948810AFDBC9069BD8E",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "endDate": "2018-07-17",
  "endTime": "19:30",
  "everSentBack": false,
  "exceptions": {
    "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2/exceptions",
    "id": "224AF3CDCC2A5244A37C72FA5770C6F2",
    "template": "https://us.api.concursolutions.com/travelrequest/v4/requests/{id}/exceptions"
  },
  "expensePolicy": {
    "id": "A6D42A825114472FAF402180E20B3751"
  },
  "expenses": [
    {
      "href": "https://us.api.concursolutions.com/travelrequest/v4/expenses/B5FB8991E390474E875D6FD5BB1FDAF1",
      "id": "B5FB8991E390474E875D6FD5BB1FDAF1",
      "template": "https://us.api.concursolutions.com/travelrequest/v4/expenses/{id}"
    },
    {
      "href": "https://us.api.concursolutions.com/travelrequest/v4/expenses/D65BDBD5D980F6498D67A92B06A457B0",
      "id": "D65BDBD5D980F6498D67A92B06A457B0",
      "template": "hhttps://us.api.concursolutions.com/travelrequest/v4/expenses/{id}"
    },
    {
      "href": "https://us.api.concursolutions.com/travelrequest/v4/expenses/C286A46A2DDF984EA28E41CEA278667D",
      "id": "C286A46A2DDF984EA28E41CEA278667D",
      "template": "https://us.api.concursolutions.com/travelrequest/v4/expenses/{id}"
    }
  ],
  "lastModified": "2018-05-25T07:34:01.000Z",
  "mainDestination": {
    "countryCode": "DE",
    "countrySubDivisionCode": "DE-BE",
    "city": "Berlin, GERMANY",
    "name": "Berlin, GERMANY"
  },
  "name": "Client meeting in Berlin - JULY",
  "owner": {
    "firstName": "John",
    "id": "c0d9894b-98e2-48d5-86f9-1decde90dd15",
    "lastName": "Doe"
  },
  "pendingApproval": false,
  "policy": {
    "id": "00497B95D8055849A1B217C8D05FFB86"
  },
  "requestId": "333T",
  "startDate": "2018-07-15",
  "startTime": "06:00",
  "totalApprovedAmount": {
    "value": 494.56,
    "currency": "USD"
  },
  "totalPostedAmount": {
    "value": 494.56,
    "currency": "USD"
  },
  "totalRemainingAmount": {
    "value": 494.56,
    "currency": "USD"
  },
  "travelAgency": {
    "href": "https://us.api.concursolutions.com/travelrequest/v4/travelagencies/2EC038D7C3CBBE4ABA0914425064D34F",
    "id": "2EC038D7C3CBBE4ABA0914425064D34F",
    "template": "https://us.api.concursolutions.com/travelrequest/v4/travelagencies/{id}"
  },
  "type": {
    "code": "TRAVEL",
    "label": "Travel"
  },
  "operations": [
    {
      "rel": "submit",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2/submit"
    }
  ]
}`,
	'update-request': String.raw`{
  "businessPurpose": "Trip to Lyon for company training - Modification of dates and Cost center + Custom Field",
  "comment": "Company training requires to go to Lyon - Dates and service changed",
  "custom1": {
    "value": "Training part of IT Service"
  },
  "custom2": {
    "value": "54F0CBD8833CB348BD45A6C7C621C951"
  },
  "custom3": {
    "value": "441D6FC50766A044ACC07FF780F1BAD9"
  },
  "custom4": {
    "value": "3F54AE68BA66EF49A5984E5197202A4D"
  },
  "endDate": "2018-07-09",
  "endTime": "19:00",
  "id": "053A479B3C9DD847B02A203C657AE26B",
  "startDate": "2018-07-07",
  "startTime": "06:15",
  "name": "Company Training - JULY 2018",
  "mainDestination": {
    "city": "Lyon, FRANCE",
    "countryCode": "FR",
    "countrySubDivisionCode": "FR-69",
    "name": "Lyon, FRANCE"
  },
  "policy": {
    "id": "F4C8BD31CA9D4D6292795BE687EB9B2A"
  },
  "travelAgency": {
    "id": "2EC038D7C3CBBE4ABA0914425064D34F"
  }
}`,
	'updated-request': String.raw`{
  "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/053A479B3C9DD847B02A203C657AE26B",
  "id": "053A479B3C9DD847B02A203C657AE26B",
  "approvalStatus": {
    "code": "NOT_SUBMITTED",
    "name": "Not Submitted"
  },
  "approved": false,
  "businessPurpose": "Trip to Lyon for company training - Modification of dates and Cost center + Custom Field",
  "canceledPostApproval": false,
  "closed": false,
  "comment": "Company training requires to go to Lyon - Dates and service changed",
  "creationDate": "2018-05-25T09:17:25.000Z",
  "custom1": {
    "value": "Training part of IT Service"
  },
  "custom2": {
    "href": "https://us.api.concursolutions.com/list/v4/items/54F0CBD8833CB348BD45A6C7C621C951",
    "code": "CEN1",
    "value": "54F0CBD8833CB348BD45A6C7C621C951",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom3": {
    "href": "https://us.api.concursolutions.com/list/v4/items/441D6FC50766A044ACC07FF780F1BAD9",
    "code": "CEN1PRO2",
    "value": "441D6FC50766A044ACC07FF780F1BAD9",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "custom4": {
    "href": "https://us.api.concursolutions.com/list/v4/items/3F54AE68BA66EF49A5984E5197202A4D",
    "code": "TRAINING",
    "value": "3F54AE68BA66EF49A5984E5197202A4D",
    "template": "https://us.api.concursolutions.com/list/v4/items/{id}"
  },
  "endDate": "2018-07-09",
  "endTime": "19:00",
  "everSentBack": false,
  "expenses": [],
  "lastModified": "2018-05-25T09:24:34.000Z",
  "mainDestination": {
    "countryCode": "FR",
    "countrySubDivisionCode": "FR-69",
    "city": "Lyon, FRANCE",
    "name": "Lyon, FRANCE"
  },
  "name": "Company Training - JULY 2018",
  "owner": {
    "firstName": "John",
    "id": "c0d9894b-98e2-48d5-86f9-1decde90dd15",
    "lastName": "Doe"
  },
  "pendingApproval": false,
  "policy": {
    "id": "F4C8BD31CA9D4D6292795BE687EB9B2A"
  },
  "requestId": "333X",
  "startDate": "2018-07-07",
  "startTime": "06:15",
  "totalApprovedAmount": {
    "value": 0,
    "currency": "USD"
  },
  "totalPostedAmount": {
    "value": 0,
    "currency": "USD"
  },
  "totalRemainingAmount": {
    "value": 0,
    "currency": "USD"
  },
  "travelAgency": {
    "href": "https://us.api.concursolutions.com/travelrequest/v4/travelagencies/2EC038D7C3CBBE4ABA0914425064D34F",
    "id": "2EC038D7C3CBBE4ABA0914425064D34F",
    "template": "https://us.api.concursolutions.com/travelrequest/v4/travelagencies/{id}"
  },
  "type": {
    "code": "TRAVEL",
    "label": "Travel"
  },
  "operations": [
    {
      "rel": "submit",
      "href": "https://us.api.concursolutions.com/travelrequest/v4/requests/053A479B3C9DD847B02A203C657AE26B/submit"
    }
  ]
}`,
	'comments': String.raw`[
  {
    "author": {
      "firstName": "Steve",
      "lastName": "Smith"
    },
    "creationDateTime": "2019-07-12T11:51:14.000Z",
    "isLatest": true,
    "value": "Please specify an amount less than 600 Euros"
  },
  {
    "author": {
      "firstName": "John",
      "lastName": "Doe"
    },
    "creationDateTime": "2019-07-12T11:11:39.000Z",
    "isLatest": false,
    "value": "Please review the business meal excepted expense to confirm required amount"
  }
]`,
	'cash-advances': String.raw`[
    {
        "href": "https://us.api.concursolutions.com/travelrequest/v4/cashadvances/EF3E237ACAA3C449B808BA75BDD049FA",
        "id": "EF3E237ACAA3C449B808BA75BDD049FA",
        "template": "https://us.api.concursolutions.com/travelrequest/v4/cashadvances/{id}"
    },
    {
        "href": "https://us.api.concursolutions.com/travelrequest/v4/cashadvances/9DDAB28B89828A4497209062F4AF87D6",
        "id": "9DDAB28B89828A4497209062F4AF87D6",
        "template": "https://us.api.concursolutions.com/travelrequest/v4/cashadvances/{id}"
    }
]`,
	'exceptions': String.raw`[
    {
        "code": "CALWARN2",
        "level": 1,
        "message": "The requested Cash Advance exceeds the limit allowed by your company policy which is defined as the total of Daily Allowances (€0.00). Please update the requested amount accordingly.",
        "isBlocking": false,
        "source": {
            "id": "DAF37B097DB82D4D9A15E9F3F7E460C9",
            "href": "https://emea.api.concursolutions.com/v4/requests/DAF37B097DB82D4D9A15E9F3F7E460C9?compact=false",
            "type": "HEADER"
        },
        "parameters": {}
    }
]`,
	'connection-requests': String.raw`{
  "Items": {
    "FirstName": "string",
    "ID": "string",
    "LastModified": "string",
    "LastName": "string",
    "LoyaltyNumber": "string",
    "MiddleName": "string",
    "RequestToken": "string",
    "Status": "string",
    "URI": "string",
    "EmailAddresses": {
      "Email1": "string",
      "Email2": "string",
      "Email3": "string",
      "Email4": "string",
      "Email5": "string"
    }
  },
  "NextPage": "string"
}`,
	'connection-request-created': String.raw`{
  "ID": "string",
  "URI": "string"
}`,
	'connection-request': String.raw`{
  "FirstName": "string",
  "ID": "string",
  "LastModified": "string",
  "LastName": "string",
  "LoyaltyNumber": "string",
  "MiddleName": "string",
  "RequestToken": "string",
  "Status": "string",
  "URI": "string",
  "EmailAddresses": {
    "Email1": "string",
    "Email2": "string",
    "Email3": "string",
    "Email4": "string",
    "Email5": "string"
  }
}`,
	'connection-request-update': String.raw`{
  "Status": "string"
}`,
	'void': String.raw`{}`,
} as const;

/** The name of a documented example. */
export type DocumentedName = keyof typeof documentedTexts;
