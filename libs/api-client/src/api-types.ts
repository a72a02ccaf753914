/* Generated from the OpenAPI document: `npm run docs:reference`. */
/* eslint-disable */

export interface paths {
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The API explorer */
    get: operations['getDocs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A file of the API explorer */
    get: operations['getDocsFileOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process is alive */
    get: operations['getHealthz'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Metrics in the Prometheus text format */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This API as OpenAPI 3.1 */
    get: operations['getOpenapijson'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether it can work: the bus and the stores answer, and no stage is paused by an outage */
    get: operations['getReadyz'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/connectors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The kinds of sources that can be connected */
    get: operations['getConnectors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/connectors/{connector}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One kind of source: its settings as JSON Schema, what it can do, its default mapping */
    get: operations['getConnectorsConnectorOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who this key is */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tenants that this key sees */
    get: operations['getTenants'];
    put?: never;
    /** Create a tenant */
    post: operations['postTenants'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One tenant */
    get: operations['getTenantsTenantOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a tenant’s settings
     * @description Fields that are left out stay. Syncs that are queued already keep the settings they were queued with.
     */
    patch: operations['patchTenantsTenantOne'];
    trace?: never;
  };
  '/v1/tenants/{tenant}/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tenant’s API keys, without the keys themselves */
    get: operations['getTenantsTenantApiKeys'];
    put?: never;
    /**
     * Make an API key for this tenant
     * @description The key itself is in this answer only: Muster keeps nothing but its hash.
     */
    post: operations['postTenantsTenantApiKeys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/api-keys/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Withdraw an API key; it stops working at once */
    delete: operations['deleteTenantsTenantApiKeysKeyOne'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/attributes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The tenant’s attributes: the standard ones and its own
     * @description The ETag stands for all of them together.
     */
    get: operations['getTenantsTenantAttributes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/attributes/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Define an attribute, or change one
     * @description Own attributes are called `custom.<name>`. Standard ones keep their type; `fullName` and `email` stay required. `If-Match` takes the ETag of the list: refused when any attribute has changed since.
     */
    put: operations['putTenantsTenantAttributesNameOne'];
    post?: never;
    /** Remove an attribute of the tenant’s own */
    delete: operations['deleteTenantsTenantAttributesNameOne'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who changed which setting or decided what, newest first */
    get: operations['getTenantsTenantAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Live: every state that the tenant’s syncs come to
     * @description `sync` events {no, syncId, integrationId, mode, state, at}; the id is `no`, without gaps. Starts with what happens from now on. `missed` {from, to}: the reader was away for more than seven days; read the list of syncs. Server-sent events; `Last-Event-ID` goes on after an event, whichever process answers. A comment every 15 seconds keeps the stream awake; it ends after 15 minutes, for the reader to resume. A key may have 20 streams open at each server.
     */
    get: operations['getTenantsTenantEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/expressions/evaluate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try an expression on a document, by the rules of a sync */
    post: operations['postTenantsTenantExpressionsEvaluate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integration-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the tenant has asked for, newest first */
    get: operations['getTenantsTenantIntegrationRequests'];
    put?: never;
    /** Ask for an integration that no connector makes yet */
    post: operations['postTenantsTenantIntegrationRequests'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integration-requests/{request}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One request, with who brought it how far */
    get: operations['getTenantsTenantIntegrationRequestsRequestOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change what is asked for, as long as nobody has taken it up
     * @description Fields that are left out stay. Once a request is `scoped`, withdraw it and ask anew.
     */
    patch: operations['patchTenantsTenantIntegrationRequestsRequestOne'];
    trace?: never;
  };
  '/v1/tenants/{tenant}/integration-requests/{request}/move': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bring a request forward, or decline it
     * @description `scoped` follows `requested`, `deployed` follows `scoped` and names the integration; both may be `declined`. `live` follows by itself once that integration is live.
     */
    post: operations['postTenantsTenantIntegrationRequestsRequestMove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integration-requests/{request}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take a request back, as long as nothing is deployed */
    post: operations['postTenantsTenantIntegrationRequestsRequestWithdraw'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tenant’s sources */
    get: operations['getTenantsTenantIntegrations'];
    put?: never;
    /**
     * Connect a source
     * @description One of a `custom` connector is connected by an operator; see its `traits`.
     */
    post: operations['postTenantsTenantIntegrations'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One source */
    get: operations['getTenantsTenantIntegrationsIntegrationOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a source’s settings
     * @description Fields that are left out stay; `config`, `rateBudget` and `schedule` are replaced as a whole, `secrets` one by one. Queued syncs keep what they were queued with, the rate budget aside, which holds within seconds. Another schedule, enabling or resuming starts with the next regular run. `config` and `secrets` of a `custom` connector are changed by an operator only.
     */
    patch: operations['patchTenantsTenantIntegrationsIntegrationOne'];
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try the source step by step; nobody is changed
     * @description Waits up to 15 seconds. If the check takes longer, the answer is 202 and the check can be read by its id.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationCheck'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/checks/{check}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a check has found */
    get: operations['getTenantsTenantIntegrationsIntegrationChecksCheckOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/key-pairs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public keys of the key pairs by which this integration logs in and decrypts */
    get: operations['getTenantsTenantIntegrationsIntegrationKeyPairs'];
    put?: never;
    /**
     * Have Muster make a key pair, whose private key nobody sees
     * @description The pair that there was goes on working. The one of `ssh` before it is tried second until the server has accepted the new one; the one of `pgp` before it stays until it is dropped. `setup` shows the public key, too.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationKeyPairs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/key-pairs/{secret}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Drop a key pair; without the current one, the other takes its place */
    delete: operations['deleteTenantsTenantIntegrationsIntegrationKeyPairsSecretOne'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All mapping versions, newest first */
    get: operations['getTenantsTenantIntegrationsIntegrationMappings'];
    put?: never;
    /**
     * Save a new mapping version; it is used once it is active
     * @description Give `attributes` (and the rest), or `default: true` for the connector’s own. Attributes that are not defined are refused by name.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationMappings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One mapping version */
    get: operations['getTenantsTenantIntegrationsIntegrationMappingsVersionOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make a version the one that new syncs use */
    post: operations['postTenantsTenantIntegrationsIntegrationMappingsVersionActivate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/diff/{other}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What another mapping version does otherwise */
    get: operations['getTenantsTenantIntegrationsIntegrationMappingsVersionDiffOtherOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try a whole mapping version on a document, by the rules of a sync */
    post: operations['postTenantsTenantIntegrationsIntegrationMappingsVersionEvaluate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/impact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find out whom a mapping version would change: a dry replay of the newest complete snapshot
     * @description The source is not called and nobody is changed. Follow the sync; its outcomes are the answer.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationMappingsVersionImpact'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/payload-fields': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the source’s records look like: fields, types, how often they are filled; no values
     * @description From the first pages of the newest complete snapshot, or of the newest that has any. A dry sync makes one, also without a mapping.
     */
    get: operations['getTenantsTenantIntegrationsIntegrationPayloadFields'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/rate-budget': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How often the source may be asked, and what is left of that
     * @description One budget for all that ask the source for this integration: syncs, checks, syncs of one person, in every process. It is set by `rateBudget` of the integration.
     */
    get: operations['getTenantsTenantIntegrationsIntegrationRateBudget'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/scim-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What identity providers have asked and how it was answered, newest first
     * @description Of the last 14 days, those refused included; of each integration the newest 200,000, and of requests without one of its tokens 60 a minute. Each operation of a bulk request is an entry of its own. Holds nobody’s data.
     */
    get: operations['getTenantsTenantIntegrationsIntegrationScimRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/scim-requests/{scimRequest}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One request of an identity provider with its body, passwords left out */
    get: operations['getTenantsTenantIntegrationsIntegrationScimRequestsScimRequestOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The integration’s SCIM tokens, without the tokens themselves */
    get: operations['getTenantsTenantIntegrationsIntegrationScimTokens'];
    put?: never;
    /**
     * Make a token with which an identity provider pushes people to this integration
     * @description The token itself is in this answer only: Muster keeps nothing but its hash. An integration has at most two at a time, so that one can be changed for another without a gap.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationScimTokens'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Withdraw a SCIM token; it stops working at once */
    delete: operations['deleteTenantsTenantIntegrationsIntegrationScimTokensTokenOne'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/setup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What whoever runs the source has to do there, with the values to copy; no secrets */
    get: operations['getTenantsTenantIntegrationsIntegrationSetup'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/integrations/{integration}/syncs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a sync: dry unless asked otherwise
     * @description A dry sync makes the whole plan and changes nobody; approving it applies exactly that plan. Everything that decides a sync is fixed now.
     */
    post: operations['postTenantsTenantIntegrationsIntegrationSyncs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/notices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who was told of what, newest first
     * @description Contacts and webhooks are told when a request is deployed or live, when a sync fails, and when a plan waits for a person. Kept for 30 days.
     */
    get: operations['getTenantsTenantNotices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/outcomes/{outcome}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a sync does, or did, to one person */
    get: operations['getTenantsTenantOutcomesOutcomeOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/outcomes/{outcome}/explanation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * From the record to the outcome: expression, value, change, reason, and what to do next
     * @description Worked out again from the stored record. A viewer is not shown the record, nor the values that expressions gave: before and after are there for what changes, as the outcome shows them, and null for the rest.
     */
    get: operations['getTenantsTenantOutcomesOutcomeExplanation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Why isn’t this person here? Anyone, user or not: where they are, or where they stopped and why
     * @description By part of a name or e-mail, or by a whole employee id, source id or user id. Looks in the directory, and at the people whom a sync stopped: of those whose record failed the name is known only if it could be read, the source id always. Of each integration it looks back over its syncs (pushes, undos, syncs of one person and of failed records) to the second newest that read all of its source, dry or live, since that says anew what older ones said; the newest word on a person stands. `lookedBack` tells how far it came, which is bounded. Gives at most 10 people.
     */
    get: operations['getTenantsTenantPeople'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/reports/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many users have each value of an attribute
     * @description Counted over all users that are meant, which takes some seconds for a million of them. Who has several values counts for each. Without `status` or a filter, people who were anonymised are counted too: as blank, except by status.
     */
    get: operations['getTenantsTenantReportsUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tenant’s syncs, newest first */
    get: operations['getTenantsTenantSyncs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One sync: its summary in plain words, counts, safeguards and progress */
    get: operations['getTenantsTenantSyncsSyncOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Apply a plan, or a part of it
     * @description A dry sync becomes live under the same id and applies exactly the plan that was shown. What a safeguard holds must be meant on purpose: by id, or with includeHeld.
     */
    post: operations['postTenantsTenantSyncsSyncApprove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stop a sync; what is being written at this moment is finished */
    post: operations['postTenantsTenantSyncsSyncCancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/compare/{otherSync}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * With whom two syncs of one snapshot deal otherwise
     * @description For a sync and a replay of its snapshot, say with another mapping version. A page may be short, or empty, and not the last: go on while there is a `nextCursor`.
     */
    get: operations['getTenantsTenantSyncsSyncCompareOtherSyncOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Live: one sync’s states and progress, until its end
     * @description `state` events {no, state, mode, at}, from the first one on; `progress` {state, mode, round, progress, counts, held} when that changes, without an id; `end` with the last progress, after which the stream is over. 204 when the sync is over and nothing happened since `Last-Event-ID`. Server-sent events; `Last-Event-ID` goes on after an event, whichever process answers. A comment every 15 seconds keeps the stream awake; it ends after 15 minutes, for the reader to resume. A key may have 20 streams open at each server.
     */
    get: operations['getTenantsTenantSyncsSyncEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/outcomes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a sync does, or did, to each person
     * @description In order of their place in the snapshot. `totals` are those of the whole sync, whatever the filter. People who are unchanged are counted there, and listed where `q` finds them or `reason=unchanged` asks for them; who they were is kept for a shorter time than other outcomes, and `note` says when it is gone. With `q`, a page may hold fewer than were asked for; `nextCursor` says whether to go on.
     */
    get: operations['getTenantsTenantSyncsSyncOutcomes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/outcomes.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a sync does, or did, to each person, as CSV of any size
     * @description In order of their place in the snapshot; `id` is the first column. `changes` is JSON: attribute to [before, after]. Attributes that are excluded from CSV exports are left out, from `name` and `sourceId` too where they are made of one. People who are unchanged are in it where `q` finds them or `reason=unchanged` asks for them. Its form, and how to go on after a connection broke off (`after`), are those of `users.csv`.
     */
    get: operations['getTenantsTenantSyncsSyncOutcomescsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/records/{seq}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One person’s record as the source sent it, and the document that expressions see */
    get: operations['getTenantsTenantSyncsSyncRecordsSeqOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decide that a plan, or a part of it, is not applied */
    post: operations['postTenantsTenantSyncsSyncReject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/syncs/{sync}/undo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take back what a sync has done: dry unless asked otherwise
     * @description A sync of its own, planned from what was there before. Users whom something else has changed since are left as they are and shown as `drifted`. A dry undo shows what would happen; approving it applies exactly that. A live one, or the approval, pauses the integration until somebody resumes it, because its source would do the same again; undoing a change by hand pauses nothing.
     */
    post: operations['postTenantsTenantSyncsSyncUndo'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The user directory
     * @description With a filter, a page looks at 20,000 users at most: it may hold fewer than `limit`, even none, while `nextCursor` leads on. The list has ended where `nextCursor` is null.
     */
    get: operations['getTenantsTenantUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The user directory as CSV, of any size
     * @description In order of id, which is the first column, or with `q` in an order that stays; RFC 4180, UTF-8. Attributes that are excluded from CSV exports are left out; several values stand in one cell, joined by "; ". A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe before it. A connection that breaks off before the end of the body has lost something: ask again with `after` as the id of the last complete row, and append what comes, which has no header then. No row is lost or comes twice that way. It is no picture of one moment: who is changed meanwhile comes as they are when their row is read.
     */
    get: operations['getTenantsTenantUserscsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users/{user}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One user, the sources that know them, and what set each of their values */
    get: operations['getTenantsTenantUsersUserOne'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a user by hand
     * @description A sync of its own. The next sync that maps an attribute overwrites a value set by hand.
     */
    patch: operations['patchTenantsTenantUsersUserOne'];
    trace?: never;
  };
  '/v1/tenants/{tenant}/users/{user}/deprovision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a user’s access by hand; data is kept until the tenant’s delay is over */
    post: operations['postTenantsTenantUsersUserDeprovision'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users/{user}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every outcome that was about a user: of the newest sync first
     * @description Dry and refused ones too; `state` says what became of each. Records that changed nothing are not in it. It reaches back as far as outcomes are kept (400 days unless set otherwise). Of somebody anonymised the attributes are named, their values are not shown.
     */
    get: operations['getTenantsTenantUsersUserHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users/{user}/reactivate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a user their access back by hand */
    post: operations['postTenantsTenantUsersUserReactivate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/users/{user}/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sync one user from the source that owns them: dry unless asked otherwise
     * @description As a sync of their integration with `person`, named by the link to the source. The sync says what came of it; nobody else is touched.
     */
    post: operations['postTenantsTenantUsersUserSync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tenant’s webhooks, without their secrets */
    get: operations['getTenantsTenantWebhooks'];
    put?: never;
    /**
     * Have notices posted to an address
     * @description Each is signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`): the secret is in this answer only. Any 2xx says that the notice is there; otherwise it is sent again for a day, under the same `webhook-id`. At most 20 a tenant.
     */
    post: operations['postTenantsTenantWebhooks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenant}/webhooks/{webhook}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Have notices posted there no more */
    delete: operations['deleteTenantsTenantWebhooksWebhookOne'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    __schema0: unknown;
    ApiKey: {
      /** Format: date-time */
      createdAt: string;
      /** @description Not the key. */
      id: string;
      /** @description What it is for. */
      label: string;
      /**
       * @description `viewer` reads, without raw records and exports; `admin` also changes and decides; `operator` may all that in every tenant.
       * @enum {string}
       */
      role: 'viewer' | 'admin' | 'operator';
    };
    Attribute: {
      /** @description It is in no CSV. */
      excludeFromCsvExport: boolean;
      /** @description As people call it. */
      label: string;
      /** @description As mappings and filters call it. */
      name: string;
      /** @description A user may never be without it: a record that leaves them so fails. */
      required: boolean;
      /** @description Every tenant has it; false: the tenant’s own. */
      standard: boolean;
      /**
       * @description `date` is a day, `YYYY-MM-DD`; `string[]` holds several texts.
       * @enum {string}
       */
      type: 'string' | 'number' | 'boolean' | 'date' | 'string[]';
      /**
       * @description What a blank mapped value does to a value that is there.
       * @enum {string}
       */
      whenBlank: 'clear' | 'keep';
    };
    AuditEntry: {
      /** @description What was done: `integration.update`, `sync.approve`, … */
      action: string;
      /** @description `key:` and the id of an API key; `sender` of files, or `muster` itself. */
      actor: string;
      /**
       * Format: date-time
       * @description When it was done.
       */
      at: string;
      /** @description Names of fields, numbers and ids; never a secret or a person’s value. */
      detail: string;
      id: string;
      /** @description The id of what it was done to. */
      target: string;
    };
    ConnectionCheck: {
      /** @description Null while the check is not finished. */
      finishedAt: string | null;
      id: string;
      /** @description Whose source was tried. */
      integrationId: string;
      /** @description Whether every step went well; null while it is not finished. */
      ok: boolean | null;
      /** Format: date-time */
      requestedAt: string;
      /** @description In order. */
      steps: {
        /** @description Names of the fields that people have at the source, to write expressions for, at most 200; never a value. Empty where the step has looked at none. */
        fields: string[];
        /** @description What was found, in plain words. */
        message: string;
        /** @description How many more there are than `fields` names. */
        moreFields: number;
        /** @description It went well. */
        ok: boolean;
        /** @enum {string} */
        step: 'configuration' | 'dns' | 'connect' | 'hostKey' | 'credentials' | 'firstPage' | 'sample';
      }[];
    };
    Connector: {
      /** @description What it can do. */
      capabilities: {
        /** @description It can read only who has changed since the last time. */
        delta: boolean;
        /** @description It reads everybody. */
        full: boolean;
        /** @description It can read one person alone. */
        person: boolean;
        /** @description A provider pushes people to Muster by SCIM. */
        push: boolean;
        /** @description It leaves out what an earlier sync has applied, and reads it again when a sync is asked to (`reread`). */
        reread: boolean;
        /** @description A fetch that broke off goes on where it was. */
        resume: boolean;
        /**
         * @description What shows that everybody was read: the source says how many (`declaredTotal`); the end of what there is was seen, in the way that `traits.wholeness` tells (`endMarker`); or nothing does.
         * @enum {string}
         */
        wholeness: 'declaredTotal' | 'endMarker' | 'none';
      };
      /** @description JSON Schema of an integration’s `config`. */
      config: {
        [key: string]: unknown;
      };
      /** @description What a mapping is that is saved with `default: true`. */
      defaultMapping: {
        /** @description Attribute to JMESPath expression over the record document. */
        attributes: {
          [key: string]: string;
        };
        /** @description JMESPath: whose access is restricted. Null: nobody’s. */
        restricted: string | null;
        /** @description JMESPath: who is in scope. Null: everyone. */
        scope: string | null;
      };
      /** @description What it connects. */
      description: string;
      /** @description An integration’s `connectorId`. */
      id: string;
      /** @description JSON Schema of an integration’s `secrets`. */
      secrets: {
        [key: string]: unknown;
      };
      /** @description Where a record holds the source’s own id of the person. */
      sourceIdExpression: string;
      /** @description For people. */
      title: string;
      /** @description What it is like to use, to compare it with others. */
      traits: components['schemas']['ConnectorTraits'];
    };
    ConnectorSummary: {
      /** @description What it can do. */
      capabilities: {
        /** @description It can read only who has changed since the last time. */
        delta: boolean;
        /** @description It reads everybody. */
        full: boolean;
        /** @description It can read one person alone. */
        person: boolean;
        /** @description A provider pushes people to Muster by SCIM. */
        push: boolean;
        /** @description It leaves out what an earlier sync has applied, and reads it again when a sync is asked to (`reread`). */
        reread: boolean;
        /** @description A fetch that broke off goes on where it was. */
        resume: boolean;
        /**
         * @description What shows that everybody was read: the source says how many (`declaredTotal`); the end of what there is was seen, in the way that `traits.wholeness` tells (`endMarker`); or nothing does.
         * @enum {string}
         */
        wholeness: 'declaredTotal' | 'endMarker' | 'none';
      };
      /** @description What it connects. */
      description: string;
      /** @description An integration’s `connectorId`. */
      id: string;
      /** @description For people. */
      title: string;
      /** @description What it is like to use, to compare it with others. */
      traits: components['schemas']['ConnectorTraits'];
    };
    ConnectorTraits: {
      /**
       * @description `custom` ones are written for one company: an operator alone makes and changes their connections.
       * @enum {string}
       */
      kind: 'outOfTheBox' | 'custom';
      /** @description How records become users. */
      mapping: {
        /** @description Attributes that the default mapping fills. */
        attributes: string[];
        /** @description In plain words. */
        text: string;
      };
      /** @description Whether one person can be synced alone. */
      personSync: {
        /** @description A sync can be asked for one person. */
        supported: boolean;
        /** @description In plain words. */
        text: string;
      };
      /** @description How often a source is asked, unless its integration says otherwise. */
      rateBudget: {
        /** @description So many of them at once. */
        burst: number | null;
        /** @description Null: it sends no HTTP requests. */
        requestsPerMinute: number | null;
        /** @description In plain words. */
        text: string;
      };
      /** @description How people get the restricted role. */
      restrictedRole: {
        /** @description The default mapping decides it already. */
        inDefaultMapping: boolean;
        /** @description In plain words. */
        text: string;
      };
      /** @description What can be set without a line of code. */
      settings: {
        /** @description What it is. */
        description: string;
        /** @description As in `config` or `secrets`. */
        name: string;
        /** @description False: it has a default, or may be left out. */
        required: boolean;
        /** @description True: stored encrypted, never shown again. */
        secret: boolean;
      }[];
      /** @description What it takes until the first person is read. */
      setupEffort: {
        /**
         * @description `low`: minutes, with the credentials at hand; `medium`: something is to be done at the source; `high`: people agree on it first.
         * @enum {string}
         */
        level: 'low' | 'medium' | 'high';
        /** @description In plain words. */
        text: string;
      };
      /** @description How it is proven that everybody was read. Without proof nobody is removed. */
      wholeness: {
        /**
         * @description As in `capabilities`.
         * @enum {string}
         */
        evidence: 'declaredTotal' | 'endMarker' | 'none';
        /** @description In plain words. */
        text: string;
      };
    };
    ExpressionChange: {
      /** @description What `other` says; null: nothing. */
      after: string | null;
      /** @description What `version` says; null: nothing. */
      before: string | null;
      /** @enum {string} */
      change: 'added' | 'removed' | 'changed';
      /** @description An attribute’s name, or `identity`, `scope`, `restricted.expression`, `restricted.onMissing`. */
      field: string;
    };
    FoundPerson: {
      /** @description The integration that owns the user, or whose sync the outcome is of. */
      integrationId: string | null;
      /** @description The last record of theirs that a source sent, and its sync. Of who is not active also one that changed nothing: one that is still stored, if there is such. */
      lastRecord: {
        /**
         * Format: date-time
         * @description When its sync was queued.
         */
        at: string;
        /** @description Its place in that snapshot. */
        seq: number;
        syncId: string;
      } | null;
      /** @description Null when it could not be read. */
      name: string | null;
      /** @description What to do; null when nothing needs doing. */
      next: string | null;
      /** @description The newest one about them. */
      outcome: components['schemas']['Outcome'] | null;
      /** @description What its source calls the person. */
      sourceId: string | null;
      /** @description Null: there is no such user. */
      user: components['schemas']['User'] | null;
      /** @description In plain words: where they are, or where they stopped and why. */
      where: string;
    };
    HistoryEntry: {
      /**
       * Format: date-time
       * @description When its sync was queued.
       */
      at: string;
      /** @description The sync that has changed the user since. */
      changedBySyncId: string | null;
      /** @description By attribute; `status`, `role` and `owner` too. Only what changes. */
      changes: {
        [key: string]: {
          /** @description Null: blank. */
          after: string | number | boolean | string[] | null;
          /** @description Null: blank. */
          before: string | number | boolean | string[] | null;
        };
      };
      /** @description When its sync ended; null before. */
      endedAt: string | null;
      /** @description The safeguards that hold it, or held it. */
      heldBy: (
        | 'inferredRemovals'
        | 'inferredRemovals7Days'
        | 'whole'
        | 'explicitLeavers'
        | 'emailChanges'
        | 'blankedValues'
        | 'restrictedChanges'
        | 'managerChanges'
        | 'failures'
      )[];
      id: string;
      /** @description Whose source its sync read. */
      integrationId: string | null;
      /** @description Which key collided or had been taken. */
      key: ('email' | 'employeeId') | null;
      /** @description The person’s name; null when it is not known. */
      label: string | null;
      /** @description The mapping that its sync used; null when none did: by hand, or by an undo. */
      mappingVersion: number | null;
      /**
       * @description `dry` makes the whole plan and changes nobody; `live` applies it.
       * @enum {string}
       */
      mode: 'dry' | 'live';
      /** @description What else there is to say, in plain words. */
      note: string | null;
      /**
       * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
       * @enum {string}
       */
      outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
      /** @description What failed in mapping the record. */
      problems: components['schemas']['MappingProblem'][];
      /**
       * @description Why; stable, for programs.
       * @enum {string}
       */
      reason:
        | 'new'
        | 'changed'
        | 'returned'
        | 'ownerChanged'
        | 'unchanged'
        | 'duplicateRecord'
        | 'supersededRecord'
        | 'outOfScope'
        | 'alreadyTerminated'
        | 'secondarySource'
        | 'noMapping'
        | 'manual'
        | 'identityMissing'
        | 'requiredAttributeMissing'
        | 'expressionFailed'
        | 'typeMismatch'
        | 'decodeFailed'
        | 'recordTooLarge'
        | 'unclassified'
        | 'ambiguousMatch'
        | 'conflictingRecords'
        | 'keyCollision'
        | 'lost'
        | 'missingFromSnapshot'
        | 'terminationDate'
        | 'sourceDeactivated'
        | 'undone';
      /** @description Outcomes of the same sync that it collides with, or is decided with. */
      relatedOutcomeIds: string[];
      /** @description Users with whom it collides. */
      relatedUserIds: string[];
      /** @description Who asked for the sync. */
      requestedBy: string | null;
      /** @description The record’s place in the snapshot, from 0; people who are missing come behind all records. */
      seq: number;
      /** @description The source’s own id of the person; null when it is not known. */
      sourceId: string | null;
      /** @description Where the change stands: `held` by a safeguard until a person decides; `rejected` by a person; `drifted`, left alone because the user was changed meanwhile; `superseded` by a newer sync; `cancelled` with its sync. Null for `skipped` and `failed`, which change nothing. */
      state: ('planned' | 'applied' | 'held' | 'rejected' | 'drifted' | 'superseded' | 'cancelled') | null;
      syncId: string;
      /** @description Outcomes of one sync with the same number are decided as one: a key passes between them. */
      transfer: number | null;
      /**
       * @description What started it: its schedule, files that have come into the inbox (`arrival`), somebody who asked (`manual`), people whom the source sent (`push`), a stored snapshot read again (`replay`), the taking back of another sync (`undo`), a change by hand (`edit`).
       * @enum {string}
       */
      trigger: 'schedule' | 'arrival' | 'manual' | 'push' | 'replay' | 'undo' | 'edit';
      /** @description Of an undo: the outcome that it takes back. */
      undoesOutcomeId: string | null;
      /** @description Null: no user is meant, or none yet. */
      userId: string | null;
      /** @description The reason in plain words. */
      why: string;
    };
    Integration: {
      /** @description The mapping that new syncs use; null before one is active. */
      activeMappingVersion: number | null;
      /** @description As the connector’s `config` schema says. */
      config: {
        [key: string]: components['schemas']['JsonValue'];
      };
      /** @description The kind of source. */
      connectorId: string;
      /** @description E-mail addresses of those who look after it and are sent its notices. */
      contacts: string[];
      /** Format: date-time */
      createdAt: string;
      /** @description False: its source is not read, neither by itself nor when asked. */
      enabled: boolean;
      id: string;
      /** @description The newest one; null before the first. */
      lastSync: {
        /**
         * Format: date-time
         * @description When it was queued.
         */
        createdAt: string;
        /** @description Null before its end. */
        endedAt: string | null;
        id: string;
        /**
         * @description `dry` makes the whole plan and changes nobody; `live` applies it.
         * @enum {string}
         */
        mode: 'dry' | 'live';
        /**
         * @description `queued`, `fetching`, `planning`, `settling` and `applying` lead to an end: `completed`; `incomplete`, when the source was not read completely; `awaitingApproval`, when a live one has a part that safeguards hold; `failed`; `cancelled`.
         * @enum {string}
         */
        state:
          | 'queued'
          | 'fetching'
          | 'planning'
          | 'settling'
          | 'applying'
          | 'completed'
          | 'incomplete'
          | 'awaitingApproval'
          | 'failed'
          | 'cancelled';
      } | null;
      name: string;
      /**
       * @description What becomes of people whom the mapping’s scope leaves out.
       * @enum {string}
       */
      onLeavingScope: 'deprovision' | 'keep';
      /** @description Set: it does not run by itself until somebody resumes it. */
      paused: {
        /** Format: date-time */
        at: string;
        /** @description In plain words, and what to do. */
        message: string;
        /** @description The undo for whose sake it rests. */
        syncId: string;
      } | null;
      /**
       * @description A `primary` source makes, changes and removes users; a `secondary` one links to those that are there, and can deactivate them.
       * @enum {string}
       */
      precedence: 'primary' | 'secondary';
      /** @description How often its source may be asked over HTTP; null: as its connector says. `…/rate-budget` shows what holds. */
      rateBudget: {
        /** @description So many of them at once. */
        burst: number;
        /** @description In no 60 seconds does the source get more requests than these. */
        requestsPerMinute: number;
      } | null;
      /** @description Also the ETag: send it as If-Match with a change. */
      revision: number;
      /** @description Each a share (0 to 1) of the integration’s active people; what is more than that is held. */
      safeguards: {
        /** @description Who loses the value of an attribute; judged for each attribute. */
        blankedValues: number;
        /** @description By how much the source’s own count may fall: after more, everybody who is missing is held. */
        declaredTotalDrop: number;
        /** @description Who gets another e-mail address. */
        emailChanges: number;
        /** @description Who loses access because the source says that they left. */
        explicitLeavers: number;
        /** @description Records that failed: more hold the whole plan. */
        failures: number;
        /** @description Who loses access because the source no longer shows them. */
        inferredRemovals: number;
        /** @description The same, within seven days. */
        inferredRemovals7Days: number;
        /** @description Who gets another manager. */
        managerChanges: number;
        /** @description Whose access is restricted or opened. */
        restrictedChanges: number;
      };
      /** @description Null: it runs only when somebody asks. */
      schedule: components['schemas']['Schedule'] | null;
      /** @description Names of the secrets that are set. Their values are never shown. */
      secretsSet: string[];
      /**
       * @description `observe`: nothing is live before a dry sync has read somebody and completed.
       * @enum {string}
       */
      standing: 'observe' | 'live';
    };
    IntegrationRequest: {
      /** @description How a program authenticates to it. */
      authentication: string;
      /** @description How it is reached: from the Internet, by a tunnel, from fixed addresses. */
      connectivity: string;
      /** Format: date-time */
      createdAt: string;
      /** @description Where its API is documented; null: nowhere, or not known yet. */
      documentationUrl: string | null;
      /** @description How often it is to be read, or what sends changes. */
      frequency: string;
      id: string;
      /** @description The integration that was deployed for it; null before. */
      integrationId: string | null;
      /** @description Whatever else helps. No personal data, no secrets. */
      note: string;
      /** @description What its answers or files look like: format, paging, nesting. */
      payloadShape: string;
      /** @description Also the ETag: send it as If-Match with a change. */
      revision: number;
      /** @description The system that people come from, as its maker calls it. */
      sourceSystem: string;
      /**
       * @description `requested → scoped → deployed → live`, moved by an operator but for the last, which follows when the integration is live; `declined` by an operator, `withdrawn` by the tenant.
       * @enum {string}
       */
      state: 'requested' | 'scoped' | 'deployed' | 'live' | 'declined' | 'withdrawn';
      /** @description Who brought it to which state, oldest first. */
      steps: {
        /**
         * Format: date-time
         * @description When it came to this state.
         */
        at: string;
        /** @description `key:` and the id of an API key; `muster` when it followed by itself. */
        by: string;
        /** @description What they said. */
        comment: string;
        /**
         * @description `requested → scoped → deployed → live`, moved by an operator but for the last, which follows when the integration is live; `declined` by an operator, `withdrawn` by the tenant.
         * @enum {string}
         */
        state: 'requested' | 'scoped' | 'deployed' | 'live' | 'declined' | 'withdrawn';
      }[];
      /** @description How many people, roughly, and how large one is. */
      volume: string;
      /** @description The fields that users are to have. */
      wantedFields: string[];
    };
    JsonValue: unknown;
    Mapping: {
      /** @description New syncs use it. */
      active: boolean;
      /** @description Attribute to JMESPath expression over the record document. */
      attributes: {
        [key: string]: string;
      };
      /** Format: date-time */
      createdAt: string;
      /** @description `key:` and the id of an API key. */
      createdBy: string;
      /**
       * @description Where a record holds the source’s own id of the person.
       * @enum {string}
       */
      identity: 'connector' | 'employeeId' | 'email';
      integrationId: string;
      /** @description Whose access is restricted; administrators’ never is. Null: the role is left alone. */
      restricted: {
        /** @description JMESPath; gives a boolean. */
        expression: string;
        /**
         * @description What a missing or blank indicator means.
         * @enum {string}
         */
        onMissing: 'keep' | 'restricted' | 'regular';
      } | null;
      /** @description JMESPath: who is in scope. Null: everyone. */
      scope: string | null;
      /** @description Its number: 1, 2, … */
      version: number;
    };
    MappingProblem: {
      /** @description The type that was there. */
      actual?: string;
      /** @description An attribute, or `identity`, `scope`, `restricted`. */
      attribute: string;
      /**
       * @description What went wrong; stable, for programs.
       * @enum {string}
       */
      code:
        | 'expressionFailed'
        | 'typeMismatch'
        | 'identityMissing'
        | 'decodeFailed'
        | 'recordTooLarge'
        | 'requiredAttributeMissing'
        | 'unclassified';
      /** @description The types that would do. */
      expected?: string;
      /** @description The expression that was evaluated. */
      expression: string;
      /** @description The function that failed. */
      function?: string;
      /** @description In words; types and names, never a value. */
      message: string;
    };
    Notice: {
      /**
       * @description How it is sent.
       * @enum {string}
       */
      channel: 'email' | 'webhook';
      /** @description How many events it speaks of: of one kind and integration, there is one notice an hour. */
      count: number;
      /** Format: date-time */
      createdAt: string;
      /** @description When it was sent or given up; null before. */
      endedAt: string | null;
      /**
       * Format: date-time
       * @description When that happened of which it tells.
       */
      happenedAt: string;
      /** @description Also the `webhook-id`, the same over all tries. */
      id: string;
      /** @description The integration that it concerns. */
      integrationId: string | null;
      /**
       * @description What it tells of.
       * @enum {string}
       */
      kind: 'syncFailed' | 'approvalNeeded' | 'planReady' | 'requestDeployed' | 'requestLive';
      /** @description What went wrong last, and what to do. */
      lastError: string | null;
      /** @description Null when it is tried no more. */
      nextTryAt: string | null;
      /**
       * @description `waiting` for its first try or the next one; `sent`; `failed`: given up, after a day or for good reason.
       * @enum {string}
       */
      state: 'waiting' | 'sent' | 'failed';
      /** @description The sync or integration request; of several put together, the last one. */
      subjectId: string;
      /** @description An e-mail address, or a webhook’s id. */
      target: string;
      /** @description In plain words: numbers, names of integrations, and what to do; nobody’s values. */
      text: string;
      /** @description The subject of the mail. */
      title: string;
      /** @description How often sending it was begun. */
      tries: number;
    };
    Outcome: {
      /** @description The sync that has changed the user since. */
      changedBySyncId: string | null;
      /** @description By attribute; `status`, `role` and `owner` too. Only what changes. */
      changes: {
        [key: string]: {
          /** @description Null: blank. */
          after: string | number | boolean | string[] | null;
          /** @description Null: blank. */
          before: string | number | boolean | string[] | null;
        };
      };
      /** @description The safeguards that hold it, or held it. */
      heldBy: (
        | 'inferredRemovals'
        | 'inferredRemovals7Days'
        | 'whole'
        | 'explicitLeavers'
        | 'emailChanges'
        | 'blankedValues'
        | 'restrictedChanges'
        | 'managerChanges'
        | 'failures'
      )[];
      id: string;
      /** @description Which key collided or had been taken. */
      key: ('email' | 'employeeId') | null;
      /** @description The person’s name; null when it is not known. */
      label: string | null;
      /** @description What else there is to say, in plain words. */
      note: string | null;
      /**
       * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
       * @enum {string}
       */
      outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
      /** @description What failed in mapping the record. */
      problems: components['schemas']['MappingProblem'][];
      /**
       * @description Why; stable, for programs.
       * @enum {string}
       */
      reason:
        | 'new'
        | 'changed'
        | 'returned'
        | 'ownerChanged'
        | 'unchanged'
        | 'duplicateRecord'
        | 'supersededRecord'
        | 'outOfScope'
        | 'alreadyTerminated'
        | 'secondarySource'
        | 'noMapping'
        | 'manual'
        | 'identityMissing'
        | 'requiredAttributeMissing'
        | 'expressionFailed'
        | 'typeMismatch'
        | 'decodeFailed'
        | 'recordTooLarge'
        | 'unclassified'
        | 'ambiguousMatch'
        | 'conflictingRecords'
        | 'keyCollision'
        | 'lost'
        | 'missingFromSnapshot'
        | 'terminationDate'
        | 'sourceDeactivated'
        | 'undone';
      /** @description Outcomes of the same sync that it collides with, or is decided with. */
      relatedOutcomeIds: string[];
      /** @description Users with whom it collides. */
      relatedUserIds: string[];
      /** @description The record’s place in the snapshot, from 0; people who are missing come behind all records. */
      seq: number;
      /** @description The source’s own id of the person; null when it is not known. */
      sourceId: string | null;
      /** @description Where the change stands: `held` by a safeguard until a person decides; `rejected` by a person; `drifted`, left alone because the user was changed meanwhile; `superseded` by a newer sync; `cancelled` with its sync. Null for `skipped` and `failed`, which change nothing. */
      state: ('planned' | 'applied' | 'held' | 'rejected' | 'drifted' | 'superseded' | 'cancelled') | null;
      syncId: string;
      /** @description Outcomes of one sync with the same number are decided as one: a key passes between them. */
      transfer: number | null;
      /** @description Of an undo: the outcome that it takes back. */
      undoesOutcomeId: string | null;
      /** @description Null: no user is meant, or none yet. */
      userId: string | null;
      /** @description The reason in plain words. */
      why: string;
    };
    OutcomeDifference: {
      /** @description Attributes to which the two give other values, or only one a value. */
      attributes: string[];
      /** @description Null: the sync does not speak of this person. */
      first: {
        /** @description By attribute; `status`, `role` and `owner` too. Only what changes. */
        changes: {
          [key: string]: {
            /** @description Null: blank. */
            after: string | number | boolean | string[] | null;
            /** @description Null: blank. */
            before: string | number | boolean | string[] | null;
          };
        };
        /**
         * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
         * @enum {string}
         */
        outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
        outcomeId: string;
        /**
         * @description Why; stable, for programs.
         * @enum {string}
         */
        reason:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
      } | null;
      /** @description The person’s name; null when it is not known. */
      label: string | null;
      /** @description Null: the sync does not speak of this person. */
      second: {
        /** @description By attribute; `status`, `role` and `owner` too. Only what changes. */
        changes: {
          [key: string]: {
            /** @description Null: blank. */
            after: string | number | boolean | string[] | null;
            /** @description Null: blank. */
            before: string | number | boolean | string[] | null;
          };
        };
        /**
         * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
         * @enum {string}
         */
        outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
        outcomeId: string;
        /**
         * @description Why; stable, for programs.
         * @enum {string}
         */
        reason:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
      } | null;
      /** @description The source’s own id of the person; null when it is not known. */
      sourceId: string | null;
      /** @description Null: no user is meant, or none yet. */
      userId: string | null;
    };
    OutcomeTotal: {
      /** @description People. */
      count: number;
      /**
       * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
       * @enum {string}
       */
      outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
      /**
       * @description Why; stable, for programs.
       * @enum {string}
       */
      reason:
        | 'new'
        | 'changed'
        | 'returned'
        | 'ownerChanged'
        | 'unchanged'
        | 'duplicateRecord'
        | 'supersededRecord'
        | 'outOfScope'
        | 'alreadyTerminated'
        | 'secondarySource'
        | 'noMapping'
        | 'manual'
        | 'identityMissing'
        | 'requiredAttributeMissing'
        | 'expressionFailed'
        | 'typeMismatch'
        | 'decodeFailed'
        | 'recordTooLarge'
        | 'unclassified'
        | 'ambiguousMatch'
        | 'conflictingRecords'
        | 'keyCollision'
        | 'lost'
        | 'missingFromSnapshot'
        | 'terminationDate'
        | 'sourceDeactivated'
        | 'undone';
      /** @description Where the change stands: `held` by a safeguard until a person decides; `rejected` by a person; `drifted`, left alone because the user was changed meanwhile; `superseded` by a newer sync; `cancelled` with its sync. Null for `skipped` and `failed`, which change nothing. */
      state: ('planned' | 'applied' | 'held' | 'rejected' | 'drifted' | 'superseded' | 'cancelled') | null;
    };
    Problem: {
      /** @description Stable; programs decide by it. */
      code: string;
      /** @description What happened and what to do next. */
      detail: string;
      /** @description What is wrong where, all at once; empty when it is about no field. */
      errors: {
        /** @description What is wrong with it: `required`, `wrongType`, `notAllowed`, `unknownField`, … */
        code: string;
        /** @description The same in words, and never the value. */
        message: string;
        /** @description Path or query parameter, or header. */
        parameter?: string;
        /** @description JSON pointer (RFC 6901) to the field of the body. */
        pointer?: string;
        /** @description 0-based offset in the expression, or in a body that is not JSON. */
        position?: number;
      }[];
      /** @description Names the request, as does the header X-Request-Id. */
      instance: string;
      /** @description The answer’s status. */
      status: number;
      /** @description The code in words. */
      title: string;
      /** @description A URN that ends with the code. */
      type: string;
    };
    Provenance: {
      /**
       * Format: date-time
       * @description When the sync was queued that set the value.
       */
      at: string;
      /** @description A person set it. */
      byHand: boolean;
      /** @description The expression that made the value; null when none did. */
      expression: string | null;
      integrationId: string | null;
      /** @description Null when no mapping made the value: by hand, or by an undo. */
      mappingVersion: number | null;
      /** @description The outcome that set the value. */
      outcomeId: string;
      /** @description Who asked for the sync. */
      requestedBy: string | null;
      syncId: string;
    };
    PublicKey: {
      /** @description As `ssh-keygen -l` or `gpg` shows it. */
      fingerprint: string;
      /**
       * @description `ssh` logs in at a server; `pgp` decrypts files.
       * @enum {string}
       */
      kind: 'ssh' | 'pgp';
      /** @description For the other side: a line of `authorized_keys`, or an armored OpenPGP key. */
      publicKey: string;
      /** @description The name of the secret that is its private key. */
      secret: string;
      /**
       * @description `current`; `next`: tried first, and in the place of the current one once the server has accepted it; `previous`: still taken besides the current one.
       * @enum {string}
       */
      use: 'current' | 'next' | 'previous';
    };
    PushSession: {
      /** @description People by outcome in all of these, in sum. */
      counts: {
        [key: string]: number;
      };
      /** @description The session’s first sync: `?session=` lists all of them. */
      id: string;
      /**
       * Format: date-time
       * @description When that was queued.
       */
      startedAt: string;
      /** @description How many syncs it has, up to this one. */
      syncs: number;
    };
    RateBudget: {
      /** @description So many of them at once. */
      burst: number | null;
      /** @description The newest sync that has read the source to its end; null before the first. */
      lastSync: {
        id: string;
        /** @description What was asked of the source. */
        requests: number;
        /** @description How long reading waited for the budget. */
        waitedSeconds: number;
      } | null;
      /** @description Requests that could be sent at this moment; a few less than `burst` even after a rest, for what is late. */
      left: number | null;
      /**
       * @description Who says so: the integration’s settings, its connector, or nobody, so that it is Muster’s default.
       * @enum {string}
       */
      origin: 'integration' | 'connector' | 'default' | 'none';
      /** @description Set while the source wants to be left alone. */
      paused: {
        /** @description In plain words. */
        message: string;
        /**
         * Format: date-time
         * @description When the source asked for it.
         */
        since: string;
        /** @description The HTTP status with which the source asked for it. */
        status: number;
        /**
         * Format: date-time
         * @description Nobody asks the source before.
         */
        until: string;
      } | null;
      /** @description In no 60 seconds does the source get more requests than these. Null: its connector sends none by HTTP. */
      requestsPerMinute: number | null;
    };
    Schedule: {
      /** @description Scheduled syncs that failed since the last one that did not. */
      consecutiveFailures: number;
      /** @description Minute, hour, day of month, month, day of week. */
      cron?: string;
      /**
       * @description As what runs are queued at present.
       * @enum {string}
       */
      effectiveMode: 'dry' | 'live';
      /**
       * @description Hours between runs, counted from 00:00 UTC.
       * @enum {number}
       */
      every?: 24 | 12 | 6 | 3;
      /** @description The next run is an extra one because the last one failed. */
      isRetry: boolean;
      /** @description The run that was due last and not queued. */
      lastRefused: {
        /**
         * Format: date-time
         * @description When the run was due.
         */
        at: string;
        /** @description The same in plain words, and what to do. */
        message: string;
        /**
         * @description Why; stable, for programs.
         * @enum {string}
         */
        reason: 'predecessorOpen' | 'noActiveMapping' | 'connectorMissing';
        /** @description The sync that stood in its way. */
        syncId: string | null;
      } | null;
      /** @description The run queued last. */
      lastRun: {
        /**
         * Format: date-time
         * @description When it was due.
         */
        at: string;
        /** @description What came of it. */
        syncId: string;
      } | null;
      /**
       * @description As what it was asked to run.
       * @enum {string}
       */
      mode: 'dry' | 'live';
      /** @description When it runs next, a run after a failed one included; null while the integration is disabled or paused. */
      nextRunAt: string | null;
      /** @description Why a live schedule runs dry: no admin has applied a first live sync yet. */
      runsDryBecause: 'observe' | null;
      /** @description IANA time zone of `cron`. */
      timeZone?: string;
    };
    ScimRequest: {
      /**
       * Format: date-time
       * @description When it was answered.
       */
      at: string;
      /** @description The bulk request that it was an operation of; null for a request by itself. */
      bulkRequestId: string | null;
      /** @description Who asked; null when it came without a token of this integration. */
      client: {
        /** @description What the token is for. */
        label: string;
        /** @description The token that it came with. */
        tokenId: string;
      } | null;
      /** @description What the client was told was wrong; null when nothing was. */
      detail: string | null;
      /** @description Rises with time. */
      id: string;
      /** @description The HTTP method. */
      method: string;
      /** @description What comes behind the integration’s SCIM address. What may be somebody’s data is `…`. */
      path: string;
      /** @description The SCIM id of the user or group that it named or made; null where that is none. */
      resourceId: string | null;
      /** @description The HTTP status of the answer. */
      status: number;
      /** @description The push sync that took what was changed, the first one; null before it has, and where nothing was. */
      syncId: string | null;
    };
    ScimRequestWithBody: {
      /**
       * Format: date-time
       * @description When it was answered.
       */
      at: string;
      /** @description What it said; null where there was nothing, or it was refused before that was looked at. */
      body: {
        /** @description How long it was, as far as that is known. */
        bytes: number | null;
        /** @description `cut`: only the beginning was kept; `tooLarge`: refused for its size, unread; `unreadable`: no JSON, and nobody knows what was in it. Null: it is here whole. */
        note: ('cut' | 'tooLarge' | 'unreadable') | null;
        /** @description JSON, without passwords; of one over 32 KiB the beginning. Null: nothing of it was kept. */
        text: string | null;
      } | null;
      /** @description The bulk request that it was an operation of; null for a request by itself. */
      bulkRequestId: string | null;
      /** @description Who asked; null when it came without a token of this integration. */
      client: {
        /** @description What the token is for. */
        label: string;
        /** @description The token that it came with. */
        tokenId: string;
      } | null;
      /** @description What the client was told was wrong; null when nothing was. */
      detail: string | null;
      /** @description Rises with time. */
      id: string;
      /** @description The HTTP method. */
      method: string;
      /** @description What comes behind the integration’s SCIM address. What may be somebody’s data is `…`. */
      path: string;
      /** @description The SCIM id of the user or group that it named or made; null where that is none. */
      resourceId: string | null;
      /** @description The HTTP status of the answer. */
      status: number;
      /** @description The push sync that took what was changed, the first one; null before it has, and where nothing was. */
      syncId: string | null;
    };
    ScimToken: {
      /** @description When it was made. */
      createdAt: string;
      /** @description The token’s id; not the token. */
      id: string;
      /** @description What it is for. */
      label: string;
      /** @description Exact to a minute; null: never. */
      lastUsedAt: string | null;
    };
    Sync: {
      /** @description Somebody wants it to stop. */
      cancelRequested: boolean;
      /**
       * Format: date-time
       * @description When it was queued.
       */
      createdAt: string;
      /** @description When it came to its end, the last time; null before. */
      endedAt: string | null;
      /** @description The sync whose failed records are read again, and nobody else’s. */
      failedOfSyncId: string | null;
      /** @description Why it failed; null unless it did. */
      failure: {
        /** @description Stable; programs decide by it. */
        code: string;
        /** @description What happened and what to do next. */
        message: string;
      } | null;
      id: string;
      /** @description Whose source it reads. */
      integrationId: string;
      /** @description The mapping that it uses; null without one. */
      mappingVersion: number | null;
      /**
       * @description `dry` makes the whole plan and changes nobody; `live` applies it.
       * @enum {string}
       */
      mode: 'dry' | 'live';
      /** @description The source’s id of the one person that was asked for. */
      person: string | null;
      /** @description When each record had an outcome; null before. */
      plannedAt: string | null;
      /** @description Whose snapshot is read; null: its own. */
      replayOfSyncId: string | null;
      /** @description `key:` and the id of an API key, or `muster` itself. */
      requestedBy: string;
      /** @description What an earlier sync has applied is to be read again, too. */
      reread: boolean;
      /** @description The apply round in work or last done; each approval or rejection adds one. -1 before. */
      round: number;
      /** @description Of a push sync: the session that it is part of. Push syncs that follow one another closely are one. */
      session: components['schemas']['PushSession'] | null;
      /** @description When the plan was whole, safeguards judged; null before. */
      settledAt: string | null;
      /** @description When it began to read; null before. */
      startedAt: string | null;
      /**
       * @description `queued`, `fetching`, `planning`, `settling` and `applying` lead to an end: `completed`; `incomplete`, when the source was not read completely; `awaitingApproval`, when a live one has a part that safeguards hold; `failed`; `cancelled`.
       * @enum {string}
       */
      state:
        | 'queued'
        | 'fetching'
        | 'planning'
        | 'settling'
        | 'applying'
        | 'completed'
        | 'incomplete'
        | 'awaitingApproval'
        | 'failed'
        | 'cancelled';
      /** @description The newer sync that made this plan obsolete. */
      supersededBy: string | null;
      /**
       * @description What started it: its schedule, files that have come into the inbox (`arrival`), somebody who asked (`manual`), people whom the source sent (`push`), a stored snapshot read again (`replay`), the taking back of another sync (`undo`), a change by hand (`edit`).
       * @enum {string}
       */
      trigger: 'schedule' | 'arrival' | 'manual' | 'push' | 'replay' | 'undo' | 'edit';
      /** @description The sync that this one takes back. */
      undoOfSyncId: string | null;
    };
    SyncDetail: {
      /** @description What people decided about the plan, in order. */
      approvals: {
        /** Format: date-time */
        at: string;
        /** @description `key:` and the id of an API key. */
        by: string;
        /** @description As it was given; may be empty. */
        comment: string;
        /** @description How many outcomes it meant when it was given, with those that go along; null: that was not written down. */
        outcomes: number | null;
        /** @description The plan that was seen. */
        planHash: string;
        /** @description Its number; the apply round that carries it out. */
        round: number;
        /** @description What was meant; null: that was not written down. */
        selection: {
          /** @description Everything that could be decided on. */
          all: boolean;
          /** @description What is said in it must all be so; null: no filter was given. */
          filter: {
            /** @description Everything of this outcome. */
            outcome?: string;
            /** @description Everything with this reason. */
            reason?: string;
          } | null;
          /** @description Held outcomes were meant too. */
          includeHeld: boolean;
          /** @description How many were named by id. */
          named: number;
        } | null;
        /** @enum {string} */
        verdict: 'approve' | 'reject';
      }[];
      /** @description Somebody wants it to stop. */
      cancelRequested: boolean;
      /** @description People by outcome. */
      counts: {
        [key: string]: number;
      };
      /**
       * Format: date-time
       * @description When it was queued.
       */
      createdAt: string;
      /** @description When it came to its end, the last time; null before. */
      endedAt: string | null;
      /** @description The sync whose failed records are read again, and nobody else’s. */
      failedOfSyncId: string | null;
      /** @description Why it failed; null unless it did. */
      failure: {
        /** @description Stable; programs decide by it. */
        code: string;
        /** @description What happened and what to do next. */
        message: string;
      } | null;
      /** @description Outcomes that wait for a person’s word. */
      held: number;
      id: string;
      /** @description Whose source it reads. */
      integrationId: string;
      /** @description What was read from the source; null while it is being read. */
      manifest: {
        /** @description What was there and was not read, because it had been applied before under the same mapping. */
        alreadyApplied: string[];
        /** @description Of the records as received. */
        bytes: number;
        /** @description What `wholeness` was judged by. */
        evidence: {
          /** @description How many people the source’s first response declared. */
          declaredFirst: number | null;
          /** @description How many its last one declared. */
          declaredLast: number | null;
          /** @description How many different people came. */
          distinctSourceIds: number | null;
          /** @description The source marked the end. */
          endSeen: boolean;
          /** @description In plain words: why it is complete, or why not. */
          reason: string;
        };
        /**
         * @description What was asked for: everybody, who has changed, one person, or what the source sent.
         * @enum {string}
         */
        extent: 'full' | 'delta' | 'person' | 'push';
        /** @description Why reading failed; null unless it did. */
        failure: {
          /** @description Stable; programs decide by it. */
          code: string;
          /** @description What happened and what to do next. */
          message: string;
        } | null;
        /** @description What reading took. */
        fetch: {
          /** @description How long it waited for the source’s rate budget. */
          budgetWaitedSeconds: number;
          /** @description Responses by HTTP status, or `network`. */
          byStatus: {
            [key: string]: number;
          };
          requests: number;
          retries: number;
          /** @description Of these, by the HTTP status that was not good enough, or `network`. */
          retriesByStatus: {
            [key: string]: number;
          };
          /** Format: date-time */
          startedAt: string;
        };
        /** Format: date-time */
        finishedAt: string;
        /** @description Stored portions of the snapshot. */
        pages: number;
        records: number;
        /**
         * @description Whether all of that came. Who is missing from less than that is not removed.
         * @enum {string}
         */
        wholeness: 'complete' | 'truncated' | 'failed';
      } | null;
      /** @description The mapping that it uses; null without one. */
      mappingVersion: number | null;
      /**
       * @description `dry` makes the whole plan and changes nobody; `live` applies it.
       * @enum {string}
       */
      mode: 'dry' | 'live';
      /** @description Linked people whom the snapshot did not hold. */
      notSeen: number | null;
      /** @description The source’s id of the one person that was asked for. */
      person: string | null;
      /** @description Names the plan that an approval is given for. */
      planHash: string | null;
      /** @description When each record had an outcome; null before. */
      plannedAt: string | null;
      /** @description How far it has come. */
      progress: components['schemas']['SyncProgress'];
      /** @description Whether people who were not seen may be judged missing. */
      removalsJudged: boolean | null;
      /** @description Whose snapshot is read; null: its own. */
      replayOfSyncId: string | null;
      /** @description `key:` and the id of an API key, or `muster` itself. */
      requestedBy: string;
      /** @description What an earlier sync has applied is to be read again, too. */
      reread: boolean;
      /** @description The apply round in work or last done; each approval or rejection adds one. -1 before. */
      round: number;
      /** @description What each rule measured and decided; empty before settling. */
      safeguards: {
        /** @description The attribute, for a rule that is judged for each. */
        attribute?: string;
        /** @description So many pass without a person’s word. */
        limit: number;
        /** @description How many it counts. */
        measured: number;
        /** @description The same in plain words. */
        message: string;
        /** @description People of whom the limit is a share. */
        population: number;
        /**
         * @description A safeguard’s name. `whole` asks whether the snapshot can be trusted to hold everybody.
         * @enum {string}
         */
        rule:
          | 'inferredRemovals'
          | 'inferredRemovals7Days'
          | 'whole'
          | 'explicitLeavers'
          | 'emailChanges'
          | 'blankedValues'
          | 'restrictedChanges'
          | 'managerChanges'
          | 'failures';
        /** @description More than the limit: all whom it counts are held. */
        tripped: boolean;
      }[];
      /** @description Of a push sync: the session that it is part of. Push syncs that follow one another closely are one. */
      session: components['schemas']['PushSession'] | null;
      /** @description When the plan was whole, safeguards judged; null before. */
      settledAt: string | null;
      /** @description When it began to read; null before. */
      startedAt: string | null;
      /**
       * @description `queued`, `fetching`, `planning`, `settling` and `applying` lead to an end: `completed`; `incomplete`, when the source was not read completely; `awaitingApproval`, when a live one has a part that safeguards hold; `failed`; `cancelled`.
       * @enum {string}
       */
      state:
        | 'queued'
        | 'fetching'
        | 'planning'
        | 'settling'
        | 'applying'
        | 'completed'
        | 'incomplete'
        | 'awaitingApproval'
        | 'failed'
        | 'cancelled';
      /** @description What it does, or did, in plain words. */
      summary: string;
      /** @description The newer sync that made this plan obsolete. */
      supersededBy: string | null;
      /** @description People by outcome, reason and state. */
      totals: components['schemas']['OutcomeTotal'][];
      /**
       * @description What started it: its schedule, files that have come into the inbox (`arrival`), somebody who asked (`manual`), people whom the source sent (`push`), a stored snapshot read again (`replay`), the taking back of another sync (`undo`), a change by hand (`edit`).
       * @enum {string}
       */
      trigger: 'schedule' | 'arrival' | 'manual' | 'push' | 'replay' | 'undo' | 'edit';
      /** @description The live undo of this sync, at work or done; null when it has left outcomes that failed or were not let through. */
      undoneBySyncId: string | null;
      /** @description The sync that this one takes back. */
      undoOfSyncId: string | null;
    };
    SyncProgress: {
      /** @description Records that have been read from the source. */
      recordsFetched: number;
      /** @description Those of them for which it is decided what to do. */
      recordsPlanned: number;
      /** @description Null while the source is being read. */
      recordsTotal: number | null;
      /** @description Null while nothing is being applied. */
      slices: number | null;
      /** @description Portions of the plan that have been written. */
      slicesApplied: number;
    };
    Tenant: {
      /** @description E-mail addresses of those who are sent the notices of all its integrations. */
      contacts: string[];
      /** Format: date-time */
      createdAt: string;
      /** @description Days between the end of access and anonymisation. */
      deprovisioningDelayDays: number;
      id: string;
      name: string;
      /** @description Rises with each change of the fields above; what If-Match names. */
      revision: number;
      /** @description IANA time zone: decides on which day a termination date is reached. */
      timeZone: string;
    };
    User: {
      /** @description By name; those that are blank may be left out. */
      attributes: {
        [key: string]: string | number | boolean | string[] | null;
      };
      /** Format: date-time */
      createdAt: string;
      /** @description Null while the user is active. */
      deactivation: {
        /**
         * Format: date-time
         * @description Until then the values are kept, and a return reactivates.
         */
        anonymizeAfter: string;
        /**
         * Format: date-time
         * @description When access ended.
         */
        at: string;
        /** @description A person ended it: it stands against the source. */
        byHand: boolean;
        /**
         * @description Why; stable, for programs.
         * @enum {string}
         */
        reason:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
        /** @description The sync that ended it. */
        syncId: string;
      } | null;
      id: string;
      /** @description Null: no source names one. */
      manager: {
        /** @description Null while nobody answers to the reference. */
        userId: string | null;
      } | null;
      /** @description The integration that writes and removes this user. */
      owner: string | null;
      /**
       * @description A source decides between `regular` and `restricted`; an `admin` is made by hand and never demoted by one.
       * @enum {string}
       */
      role: 'regular' | 'restricted' | 'admin';
      /**
       * @description `deactivated`: access has ended, the values are kept for a while; `anonymized`: they have been removed.
       * @enum {string}
       */
      status: 'active' | 'deactivated' | 'anonymized';
      /**
       * Format: date-time
       * @description When the user was last changed.
       */
      updatedAt: string;
      /** @description Rises with each change; also the ETag of the user. */
      version: number;
    };
    UserDetail: {
      /** @description By name; those that are blank may be left out. */
      attributes: {
        [key: string]: string | number | boolean | string[] | null;
      };
      /** Format: date-time */
      createdAt: string;
      /** @description Null while the user is active. */
      deactivation: {
        /**
         * Format: date-time
         * @description Until then the values are kept, and a return reactivates.
         */
        anonymizeAfter: string;
        /**
         * Format: date-time
         * @description When access ended.
         */
        at: string;
        /** @description A person ended it: it stands against the source. */
        byHand: boolean;
        /**
         * @description Why; stable, for programs.
         * @enum {string}
         */
        reason:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
        /** @description The sync that ended it. */
        syncId: string;
      } | null;
      id: string;
      /** @description The sources that know the person. */
      links: {
        integrationId: string;
        /**
         * @description Whether the source has the person, as far as is known.
         * @enum {string}
         */
        presence: 'present' | 'absent';
        /** @description What the source calls the person. */
        sourceId: string;
      }[];
      /** @description Null: no source names one. */
      manager: {
        /** @description Null while nobody answers to the reference. */
        userId: string | null;
      } | null;
      /** @description The integration that writes and removes this user. */
      owner: string | null;
      /** @description What set each value last. Null where the last 60 outcomes of the user, or those that are kept, do not tell. */
      provenance: {
        [key: string]: components['schemas']['Provenance'] | null;
      };
      /**
       * @description A source decides between `regular` and `restricted`; an `admin` is made by hand and never demoted by one.
       * @enum {string}
       */
      role: 'regular' | 'restricted' | 'admin';
      /**
       * @description `deactivated`: access has ended, the values are kept for a while; `anonymized`: they have been removed.
       * @enum {string}
       */
      status: 'active' | 'deactivated' | 'anonymized';
      /**
       * Format: date-time
       * @description When the user was last changed.
       */
      updatedAt: string;
      /** @description Rises with each change; also the ETag of the user. */
      version: number;
    };
    UserReport: {
      /** @description Users without a value. */
      blank: number;
      /** @description The attribute. */
      groupBy: string;
      /** @description The values that most users have, those first. */
      groups: {
        /** @description Users who have it. */
        users: number;
        value: string | number | boolean;
      }[];
      /** @description Values that are not in `groups`. */
      rest: {
        /** @description Users who have one of them; who has several counts for each. */
        users: number;
        /** @description How many more values there are. */
        values: number;
      };
      /** @description Users who were counted. */
      total: number;
    };
    Webhook: {
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** @description Only what concerns this integration; null: everything. */
      integrationId: string | null;
      /** @description Where notices are posted. */
      url: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getDocs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html; charset=utf-8': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDocsFileOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A file of the explorer.
         * @example swagger-ui.css
         */
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          '*/*': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getHealthz: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * @description Whoever answers is alive.
             * @constant
             */
            status: 'ok';
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain; version=0.0.4; charset=utf-8': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getOpenapijson: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json; charset=utf-8': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReadyz: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description What is missing; empty when it is ready. */
            problems: {
              /** @description Stable; programs decide by it. */
              code: string;
              /** @description What is away. */
              message: string;
              /** @description `bus`, `store`, or the stage or loop that waits. */
              part: string;
              /** @description Null when it was found just now. */
              since: string | null;
            }[];
            /**
             * @description `notReady` has the status 503.
             * @enum {string}
             */
            status: 'ready' | 'notReady';
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Not now. */
      503: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description What is missing; empty when it is ready. */
            problems: {
              /** @description Stable; programs decide by it. */
              code: string;
              /** @description What is away. */
              message: string;
              /** @description `bus`, `store`, or the stage or loop that waits. */
              part: string;
              /** @description Null when it was found just now. */
              since: string | null;
            }[];
            /**
             * @description `notReady` has the status 503.
             * @enum {string}
             */
            status: 'ready' | 'notReady';
          };
        };
      };
    };
  };
  getConnectors: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ConnectorSummary'][];
            nextCursor: null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getConnectorsConnectorOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A connector’s id.
         * @example acme-hr
         */
        connector: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Connector'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Its id, by which the audit calls it; not the key. */
            keyId: string;
            /** @description What it was called when it was made. */
            label: string;
            /**
             * @description `viewer` reads, without raw records and exports; `admin` also changes and decides; `operator` may all that in every tenant.
             * @enum {string}
             */
            role: 'viewer' | 'admin' | 'operator';
            /** @description Null for an operator, who sees all tenants. */
            tenantId: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenants: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Tenant'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenants: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme",
         *       "timeZone": "Europe/Amsterdam",
         *       "deprovisioningDelayDays": 14,
         *       "contacts": [
         *         "people-operations@acme.example"
         *       ]
         *     }
         */
        'application/json': {
          /**
           * @description E-mail addresses of those who are sent the notices of all its integrations, at most 20.
           * @default []
           */
          contacts?: string[];
          /**
           * @description Days between the end of access and anonymisation.
           * @default 7
           */
          deprovisioningDelayDays?: number;
          /** @description As people call it. */
          name: string;
          /**
           * Format: time-zone
           * @description IANA time zone: decides on which day a termination date is reached.
           * @default UTC
           */
          timeZone?: string;
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  patchTenantsTenantOne: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The ETag of what was read: 412 when it has changed since.
         * @example "2"
         */
        'If-Match': string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "deprovisioningDelayDays": 30
         *     }
         */
        'application/json': {
          /** @description E-mail addresses of those who are sent the notices of all its integrations, at most 20. */
          contacts?: string[];
          /** @description Days between the end of access and anonymisation. */
          deprovisioningDelayDays?: number;
          /** @description As people call it. */
          name?: string;
          /**
           * Format: time-zone
           * @description IANA time zone: decides on which day a termination date is reached.
           */
          timeZone?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionRequired`: If-Match is needed. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantApiKeys: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ApiKey'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantApiKeys: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "Dashboard",
         *       "role": "viewer"
         *     }
         */
        'application/json': {
          /** @description What it is for. */
          label: string;
          /**
           * @description `viewer` reads, without raw records and exports; `admin` also changes and decides.
           * @default viewer
           * @enum {string}
           */
          role?: 'viewer' | 'admin';
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The key. Shown this once. */
            apiKey: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Not the key. */
            id: string;
            /** @description What it is for. */
            label: string;
            /**
             * @description `viewer` reads, without raw records and exports; `admin` also changes and decides; `operator` may all that in every tenant.
             * @enum {string}
             */
            role: 'viewer' | 'admin' | 'operator';
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenantsTenantApiKeysKeyOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An API key’s id (not the key).
         * @example key_9dq1m5v7t3xkc0rf
         */
        key: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantAttributes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Attribute'][];
            nextCursor: null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  putTenantsTenantAttributesNameOne: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of what was read: 412 when it has changed since. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description An attribute’s name; own ones are called `custom.<name>`.
         * @example custom.costCentre
         */
        name: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "string",
         *       "label": "Cost centre",
         *       "whenBlank": "keep",
         *       "excludeFromCsvExport": true
         *     }
         */
        'application/json': {
          /**
           * @description It is in no CSV.
           * @default false
           */
          excludeFromCsvExport?: boolean;
          /** @description Left out: the name. */
          label?: string;
          /**
           * @description A user may never be without it: a record that leaves them so fails.
           * @default false
           */
          required?: boolean;
          /**
           * @description `date` is a day, `YYYY-MM-DD`; `string[]` holds several texts.
           * @enum {string}
           */
          type: 'string' | 'number' | 'boolean' | 'date' | 'string[]';
          /**
           * @description What a blank mapped value does to a value that is there.
           * @default clear
           * @enum {string}
           */
          whenBlank?: 'clear' | 'keep';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Attribute'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenantsTenantAttributesNameOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An attribute’s name; own ones are called `custom.<name>`.
         * @example custom.costCentre
         */
        name: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `standardAttribute`: Standard attributes stay. `attributeInUse`: The attribute is in use. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantAudit: {
    parameters: {
      query?: {
        /** @description Of this action, or of all on one kind of thing: `sync.*`. */
        action?: string;
        /** @description Of this actor only, as entries name it. */
        actor?: string;
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description At this instant or after. */
        from?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description On the thing of this id. */
        target?: string;
        /** @description Before this instant. */
        to?: string;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AuditEntry'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The id of the last event that was seen: the stream goes on after it. */
        'Last-Event-ID'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. `tooManyStreams`: Too many event streams are open. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantExpressionsEvaluate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "expression": "join(' ', [name.first, name.last])",
         *       "payload": {
         *         "name": {
         *           "first": "Ada",
         *           "last": "Lovelace"
         *         }
         *       },
         *       "type": "string"
         *     }
         */
        'application/json': {
          /** @description The attribute it is meant for; `email` takes addresses only. */
          attribute?: string;
          /** @description JMESPath. */
          expression: string;
          /** @description The record document to try it on. */
          payload?: components['schemas']['JsonValue'];
          /** @description The record’s place in the snapshot of `syncId`, from 0. */
          seq?: number;
          /** @description With seq: try it on a record of that sync. */
          syncId?: string;
          /**
           * @description Coerce the value as an attribute of this type would.
           * @enum {string}
           */
          type?: 'string' | 'number' | 'boolean' | 'date' | 'string[]';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description As an attribute of the type would hold it; only with `type`. */
            coerced?: string | number | boolean | string[] | null;
            /** @description Why there is no value; left out when all is well. */
            problem?: {
              /** @description The type that was there. */
              actual?: string;
              /** @description Stable; programs decide by it. */
              code: string;
              /** @description The types that would do. */
              expected?: string;
              /** @description The function that failed. */
              function?: string;
              /** @description What is wrong, in words. */
              message: string;
              /** @description 0-based offset in the expression. */
              position?: number;
            };
            /** @description What the expression gave. */
            value: components['schemas']['JsonValue'] | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationRequests: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description `requested → scoped → deployed → live`, moved by an operator but for the last, which follows when the integration is live; `declined` by an operator, `withdrawn` by the tenant. */
        state?: 'requested' | 'scoped' | 'deployed' | 'live' | 'declined' | 'withdrawn';
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['IntegrationRequest'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationRequests: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "sourceSystem": "Acme HR",
         *       "documentationUrl": "https://hr.acme.example/api/docs",
         *       "authentication": "OAuth 2 client credentials, and each request signed with HMAC-SHA256",
         *       "payloadShape": "JSON, pages of up to 1,000 workers with a declared total",
         *       "wantedFields": [
         *         "legal name",
         *         "work e-mail",
         *         "employee number",
         *         "cost centre"
         *       ],
         *       "volume": "412 workers, 2 KiB each",
         *       "frequency": "every 6 hours",
         *       "connectivity": "from the Internet, from fixed addresses only",
         *       "note": "Contingent workers come from the same list."
         *     }
         */
        'application/json': {
          /** @description How a program authenticates to it. */
          authentication: string;
          /** @description How it is reached: from the Internet, by a tunnel, from fixed addresses. */
          connectivity: string;
          /**
           * @description Where its API is documented; null: nowhere, or not known yet.
           * @default null
           */
          documentationUrl?: string | null;
          /** @description How often it is to be read, or what sends changes. */
          frequency: string;
          /**
           * @description Whatever else helps. No personal data, no secrets.
           * @default
           */
          note?: string;
          /** @description What its answers or files look like: format, paging, nesting. */
          payloadShape: string;
          /** @description The system that people come from, as its maker calls it. */
          sourceSystem: string;
          /** @description How many people, roughly, and how large one is. */
          volume: string;
          /** @description The fields that users are to have. */
          wantedFields: string[];
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationRequest'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationRequestsRequestOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration request’s id.
         * @example req_k3w8v1n5z7q0t9xd
         */
        request: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationRequest'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  patchTenantsTenantIntegrationRequestsRequestOne: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The ETag of what was read: 412 when it has changed since.
         * @example "1"
         */
        'If-Match': string;
      };
      path: {
        /**
         * @description An integration request’s id.
         * @example req_k3w8v1n5z7q0t9xd
         */
        request: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "frequency": "every hour"
         *     }
         */
        'application/json': {
          /** @description How a program authenticates to it. */
          authentication?: string;
          /** @description How it is reached: from the Internet, by a tunnel, from fixed addresses. */
          connectivity?: string;
          /** @description Where its API is documented; null: nowhere, or not known yet. */
          documentationUrl?: string | null;
          /** @description How often it is to be read, or what sends changes. */
          frequency?: string;
          /** @description Whatever else helps. No personal data, no secrets. */
          note?: string;
          /** @description What its answers or files look like: format, paging, nesting. */
          payloadShape?: string;
          /** @description The system that people come from, as its maker calls it. */
          sourceSystem?: string;
          /** @description How many people, roughly, and how large one is. */
          volume?: string;
          /** @description The fields that users are to have. */
          wantedFields?: string[];
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationRequest'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestMoved`: The integration request has gone on. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionRequired`: If-Match is needed. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationRequestsRequestMove: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
        /**
         * @description The ETag of what was read: 412 when it has changed since.
         * @example "2"
         */
        'If-Match': string;
      };
      path: {
        /**
         * @description An integration request’s id.
         * @example req_k3w8v1n5z7q0t9xd
         */
        request: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "to": "deployed",
         *       "integrationId": "int_p5v9c3x7m1qk8d2r",
         *       "comment": "Try it with a dry sync."
         *     }
         */
        'application/json': {
          /**
           * @description Why, or what comes next. No personal data.
           * @default
           */
          comment?: string;
          /** @description With `deployed`: the integration that was made for it. */
          integrationId?: string;
          /**
           * @description The next state.
           * @enum {string}
           */
          to: 'scoped' | 'deployed' | 'declined';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationRequest'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestMoved`: The integration request has gone on. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionRequired`: If-Match is needed. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationRequestsRequestWithdraw: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
        /**
         * @description The ETag of what was read: 412 when it has changed since.
         * @example "1"
         */
        'If-Match': string;
      };
      path: {
        /**
         * @description An integration request’s id.
         * @example req_k3w8v1n5z7q0t9xd
         */
        request: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "comment": "We stay with CSV."
         *     }
         */
        'application/json': {
          /**
           * @description Why, or what comes next. No personal data.
           * @default
           */
          comment?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationRequest'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestMoved`: The integration request has gone on. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionRequired`: If-Match is needed. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrations: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Integration'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrations: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme HR",
         *       "connectorId": "acme-hr",
         *       "config": {
         *         "baseUrl": "https://hr.acme.example",
         *         "clientId": "muster"
         *       },
         *       "secrets": {
         *         "clientSecret": "a secret",
         *         "signingKey": "another secret"
         *       },
         *       "contacts": [
         *         "hr-systems@acme.example"
         *       ],
         *       "schedule": {
         *         "mode": "dry",
         *         "every": 6
         *       }
         *     }
         */
        'application/json': {
          /** @description As the connector’s `config` schema says. */
          config: {
            [key: string]: components['schemas']['JsonValue'];
          };
          /** @description Its kind: the id of a connector. */
          connectorId: string;
          /**
           * @description E-mail addresses of those who look after it and are sent its notices, at most 20.
           * @default []
           */
          contacts?: string[];
          /**
           * @description False: its source is not read, neither by itself nor when asked.
           * @default true
           */
          enabled?: boolean;
          /** @description As people call it. */
          name: string;
          /**
           * @description What becomes of people whom the mapping’s scope leaves out.
           * @default deprovision
           * @enum {string}
           */
          onLeavingScope?: 'deprovision' | 'keep';
          /**
           * @description A `primary` source makes, changes and removes users; a `secondary` one links to those that are there, and can deactivate them.
           * @default primary
           * @enum {string}
           */
          precedence?: 'primary' | 'secondary';
          /**
           * @description How often its source may be asked over HTTP, by all that ask it together; null: as its connector says.
           * @default null
           */
          rateBudget?: {
            /** @description So many of them at once: half of `requestsPerMinute` at most. Default: what falls on one second, at least 1. */
            burst?: number;
            /** @description In no 60 seconds does the source get more requests than these. */
            requestsPerMinute: number;
          } | null;
          /**
           * @description Shares from 0 to 1; what is left out keeps its value.
           * @default {}
           */
          safeguards?: {
            /** @description Who loses the value of an attribute; judged for each attribute. */
            blankedValues?: number;
            /** @description By how much the source’s own count may fall: after more, everybody who is missing is held. */
            declaredTotalDrop?: number;
            /** @description Who gets another e-mail address. */
            emailChanges?: number;
            /** @description Who loses access because the source says that they left. */
            explicitLeavers?: number;
            /** @description Records that failed: more hold the whole plan. */
            failures?: number;
            /** @description Who loses access because the source no longer shows them. */
            inferredRemovals?: number;
            /** @description The same, within seven days. */
            inferredRemovals7Days?: number;
            /** @description Who gets another manager. */
            managerChanges?: number;
            /** @description Whose access is restricted or opened. */
            restrictedChanges?: number;
          };
          /**
           * @description When it runs by itself; null: only when somebody asks.
           * @default null
           */
          schedule?: {
            /** @description Minute, hour, day of month, month, day of week. Runs lie at least 5 minutes apart. When clocks go forward, fixed times in the gap run right after it; when they go back, fixed times run once. */
            cron?: string;
            /**
             * @description Hours between runs, counted from 00:00 UTC.
             * @enum {number}
             */
            every?: 24 | 12 | 6 | 3;
            /**
             * @description `live` runs dry as long as the integration is in `observe`.
             * @enum {string}
             */
            mode: 'dry' | 'live';
            /**
             * Format: time-zone
             * @description IANA time zone of `cron`. Left out: the tenant’s.
             */
            timeZone?: string;
          } | null;
          /** @description As the connector’s `secrets` schema says. Write-only. */
          secrets: {
            [key: string]: components['schemas']['JsonValue'];
          };
          /**
           * @description `live` from the start, or by hand, takes an operator.
           * @default observe
           * @enum {string}
           */
          standing?: 'observe' | 'live';
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Integration'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `nameTaken`: Another one has this name. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Integration'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  patchTenantsTenantIntegrationsIntegrationOne: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The ETag of what was read: 412 when it has changed since.
         * @example "4"
         */
        'If-Match': string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "secrets": {
         *         "clientSecret": "the new secret"
         *       },
         *       "schedule": {
         *         "mode": "live",
         *         "cron": "30 6 * * MON-FRI",
         *         "timeZone": "Europe/Amsterdam"
         *       }
         *     }
         */
        'application/json': {
          /** @description As the connector’s `config` schema says. */
          config?: {
            [key: string]: components['schemas']['JsonValue'];
          };
          /** @description E-mail addresses of those who look after it and are sent its notices, at most 20. */
          contacts?: string[];
          /** @description False: its source is not read, neither by itself nor when asked. */
          enabled?: boolean;
          /** @description As people call it. */
          name?: string;
          /**
           * @description What becomes of people whom the mapping’s scope leaves out.
           * @enum {string}
           */
          onLeavingScope?: 'deprovision' | 'keep';
          /**
           * @description `false` resumes what an undo has paused.
           * @constant
           */
          paused?: false;
          /**
           * @description A `primary` source makes, changes and removes users; a `secondary` one links to those that are there, and can deactivate them.
           * @enum {string}
           */
          precedence?: 'primary' | 'secondary';
          /** @description How often its source may be asked over HTTP, by all that ask it together; null: as its connector says. */
          rateBudget?: {
            /** @description So many of them at once: half of `requestsPerMinute` at most. Default: what falls on one second, at least 1. */
            burst?: number;
            /** @description In no 60 seconds does the source get more requests than these. */
            requestsPerMinute: number;
          } | null;
          /** @description Shares from 0 to 1; what is left out keeps its value. */
          safeguards?: {
            /** @description Who loses the value of an attribute; judged for each attribute. */
            blankedValues?: number;
            /** @description By how much the source’s own count may fall: after more, everybody who is missing is held. */
            declaredTotalDrop?: number;
            /** @description Who gets another e-mail address. */
            emailChanges?: number;
            /** @description Who loses access because the source says that they left. */
            explicitLeavers?: number;
            /** @description Records that failed: more hold the whole plan. */
            failures?: number;
            /** @description Who loses access because the source no longer shows them. */
            inferredRemovals?: number;
            /** @description The same, within seven days. */
            inferredRemovals7Days?: number;
            /** @description Who gets another manager. */
            managerChanges?: number;
            /** @description Whose access is restricted or opened. */
            restrictedChanges?: number;
          };
          /** @description When it runs by itself; null: only when somebody asks. */
          schedule?: {
            /** @description Minute, hour, day of month, month, day of week. Runs lie at least 5 minutes apart. When clocks go forward, fixed times in the gap run right after it; when they go back, fixed times run once. */
            cron?: string;
            /**
             * @description Hours between runs, counted from 00:00 UTC.
             * @enum {number}
             */
            every?: 24 | 12 | 6 | 3;
            /**
             * @description `live` runs dry as long as the integration is in `observe`.
             * @enum {string}
             */
            mode: 'dry' | 'live';
            /**
             * Format: time-zone
             * @description IANA time zone of `cron`. Left out: the tenant’s.
             */
            timeZone?: string;
          } | null;
          /** @description The secrets that change; those that are left out stay, null takes one away. Write-only. */
          secrets?: {
            [key: string]: components['schemas']['JsonValue'];
          };
          /**
           * @description `live` from the start, or by hand, takes an operator.
           * @enum {string}
           */
          standing?: 'observe' | 'live';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Integration'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `nameTaken`: Another one has this name. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionRequired`: If-Match is needed. */
      428: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionCheck'];
        };
      };
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionCheck'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationChecksCheckOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A connection check’s id.
         * @example chk_5f0c2b7e9d1a4638b6e04c7a19d2f385
         */
        check: string;
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionCheck'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationKeyPairs: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description At most two of a kind. */
            items: components['schemas']['PublicKey'][];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationKeyPairs: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "ssh"
         *     }
         */
        'application/json': {
          /**
           * @description `ssh` logs in at a server; `pgp` decrypts files.
           * @enum {string}
           */
          kind: 'ssh' | 'pgp';
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description At most two of a kind. */
            items: components['schemas']['PublicKey'][];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `noKeyPairs`: Muster makes no such key pair for this integration. `tooManyKeyPairs`: The integration has as many key pairs as it may. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenantsTenantIntegrationsIntegrationKeyPairsSecretOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description The name of the secret that is a key pair’s private key.
         * @example nextPrivateKey
         */
        secret: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `noKeyPairs`: Muster makes no such key pair for this integration. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationMappings: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Mapping'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationMappings: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "attributes": {
         *         "fullName": "legalName.display || join(' ', [legalName.given, legalName.family])",
         *         "email": "contact.workEmail",
         *         "employeeId": "employeeNumber",
         *         "active": "employment.status != 'T'",
         *         "title": "employment.jobTitle",
         *         "department": "employment.orgUnit.name",
         *         "location": "join(', ', [location.site, location.country])",
         *         "managerSourceId": "manager.workerId",
         *         "hireDate": "employment.startDate",
         *         "custom.costCentre": "employment.costCentre"
         *       },
         *       "scope": "employment.type != 'contingent'",
         *       "restricted": {
         *         "expression": "access.restricted == 'Y'",
         *         "onMissing": "keep"
         *       }
         *     }
         */
        'application/json': {
          /** @description Attribute to JMESPath expression over the record document. */
          attributes?: {
            [key: string]: string;
          };
          /**
           * @description Take the connector’s default mapping.
           * @constant
           */
          default?: true;
          /**
           * @description Where a record holds the source’s own id of the person.
           * @default connector
           * @enum {string}
           */
          identity?: 'connector' | 'employeeId' | 'email';
          /**
           * @description Whose access is restricted; administrators’ never is. Null: the role is left alone.
           * @default null
           */
          restricted?: {
            /** @description JMESPath; gives a boolean. */
            expression: string;
            /**
             * @description What a missing or blank indicator means.
             * @enum {string}
             */
            onMissing: 'keep' | 'restricted' | 'regular';
          } | null;
          /**
           * @description JMESPath: who is in scope. Null: everyone.
           * @default null
           */
          scope?: string | null;
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `mappingInvalid`: The mapping cannot be saved. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationMappingsVersionOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A mapping version’s number.
         * @example 2
         */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationMappingsVersionActivate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A mapping version’s number.
         * @example 3
         */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `mappingInvalid`: The mapping cannot be saved. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationMappingsVersionDiffOtherOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description The number of the version to compare with.
         * @example 3
         */
        other: number;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A mapping version’s number.
         * @example 2
         */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Empty when both say the same. */
            changes: components['schemas']['ExpressionChange'][];
            /** @description The version compared with. */
            other: number;
            /** @description The version compared from. */
            version: number;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationMappingsVersionEvaluate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A mapping version’s number.
         * @example 3
         */
        version: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "syncId": "syn_b9t3h7k1m5x0vd4s",
         *       "seq": 17
         *     }
         */
        'application/json': {
          /** @description The record document to try it on. */
          payload?: components['schemas']['JsonValue'];
          /** @description The record’s place in the snapshot of `syncId`, from 0. */
          seq?: number;
          /** @description With seq: try it on a record of that sync. */
          syncId?: string;
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description One for each expression. */
            attributes: {
              /** @description JMESPath. */
              expression: string;
              name: string;
              /** @description Why there is no value; null when all is well. */
              problem: components['schemas']['MappingProblem'] | null;
              /** @description As the directory would hold it; null is blank, or a problem. */
              value: string | number | boolean | string[] | null;
            }[];
            /** @description False: the mapping’s scope leaves the person out. */
            inScope: boolean;
            /** @description All of them: also of identity, scope and the restricted role. */
            problems: components['schemas']['MappingProblem'][];
            /** @description Null without an indicator, or when that is missing. */
            restricted: boolean | null;
            /** @description Whose record it is; null: it has no identity. */
            sourceId: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `mappingInvalid`: The mapping cannot be saved. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationMappingsVersionImpact: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A mapping version’s number.
         * @example 3
         */
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sync'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `integrationDisabled`: The integration is disabled. `snapshotGone`: The snapshot is not there. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationPayloadFields: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description JMESPath, quoted as it must be; of lists it gives all elements. */
              expression: string;
              /** @description Records in which something stands there that is neither null nor blank. */
              filled: number;
              /** @description The same as a share of the records, from 0 to 1. */
              fillRate: number;
              /** @description The same of the first element of each list. */
              firstExpression: string | null;
              /** @description Names from the root; null stands for the elements of a list. */
              path: (string | null)[];
              /** @description All that were seen there. */
              types: ('string' | 'number' | 'boolean' | 'null' | 'object' | 'array')[];
            }[];
            nextCursor: null;
            /** @description How many records were looked at, from the start of the snapshot. */
            recordsRead: number;
            /** @description Whose snapshot was looked at. */
            syncId: string;
            /** @description There are more fields than are told, or deeper ones. */
            truncated: boolean;
            /** @description How many of them are no documents. */
            unreadable: number;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `snapshotGone`: The snapshot is not there. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationRateBudget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RateBudget'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationScimRequests: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description `true`: only those answered with 400 or more. */
        refused?: 'true' | 'false';
        /** @description Only what named or made this user or group, by its SCIM id. */
        resource?: string;
      };
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_c8k2w6r0d4n9mzs5
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ScimRequest'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationScimRequestsScimRequestOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_c8k2w6r0d4n9mzs5
         */
        integration: string;
        /**
         * @description The id of an identity provider’s request.
         * @example 0mpw7k3xs9f2c41b7ae08
         */
        scimRequest: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScimRequestWithBody'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationScimTokens: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_c8k2w6r0d4n9mzs5
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description At most two, oldest first. */
            items: components['schemas']['ScimToken'][];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationScimTokens: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_c8k2w6r0d4n9mzs5
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": "Okta, from June 2026"
         *     }
         */
        'application/json': {
          /** @description What it is for, such as the name of the provider. */
          label: string;
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description When it was made. */
            createdAt: string;
            /** @description The token’s id; not the token. */
            id: string;
            /** @description What it is for. */
            label: string;
            /** @description Exact to a minute; null: never. */
            lastUsedAt: string | null;
            /** @description The token. Shown this once. */
            token: string;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `notPushed`: Nobody pushes people to this integration. `tooManyTokens`: The integration has as many tokens as it may. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenantsTenantIntegrationsIntegrationScimTokensTokenOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_c8k2w6r0d4n9mzs5
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A SCIM token’s id (not the token).
         * @example sct_1v7h3b9q5x0tkg6p
         */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantIntegrationsIntegrationSetup: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The kind of source. */
            connectorId: string;
            integrationId: string;
            /** @description Addresses and ranges from which Muster connects to sources; empty when its operator has not set them. */
            outboundAddresses: string[];
            /** @description In order; empty when nothing is to be done. */
            steps: {
              /** @description What to do. */
              text: string;
              title: string;
              /** @description What to enter there. */
              values: {
                label: string;
                /** @description To be copied as it is. */
                value: string;
              }[];
            }[];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantIntegrationsIntegrationSyncs: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description An integration’s id.
         * @example int_p5v9c3x7m1qk8d2r
         */
        integration: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "mode": "dry",
         *       "only": "failed",
         *       "replayOfSyncId": "syn_b9t3h7k1m5x0vd4s"
         *     }
         */
        'application/json': {
          /** @description Left out: the active one. */
          mappingVersion?: number;
          /**
           * @description `dry` makes the whole plan and changes nobody; `live` applies it.
           * @default dry
           * @enum {string}
           */
          mode?: 'dry' | 'live';
          /**
           * @description Read again only the records that failed in the sync that `replayOfSyncId` names, from what it had stored; left out, in the newest sync that has read the source. Nobody else is touched.
           * @enum {string}
           */
          only?: 'failed';
          /** @description The source’s own id of one person: fetch only that one. */
          person?: string;
          /** @description Read that sync’s stored snapshot instead of the source. */
          replayOfSyncId?: string;
          /**
           * @description Read again what an earlier sync has applied, too: of a connector that leaves it out (`capabilities.reread`), such as one of files, the last one, from its archive if need be.
           * @default false
           */
          reread?: boolean;
        };
      };
    };
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sync'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `dryFirst`: A dry sync must come first. `integrationDisabled`: The integration is disabled. `noActiveMapping`: The integration has no active mapping. `personUnsupported`: The connector cannot fetch one person. `notNewestSnapshot`: Only the newest complete snapshot may be replayed live. `notPlanned`: There is no plan yet. `nothingFailed`: No record of that sync failed. `snapshotGone`: The snapshot is not there. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantNotices: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Of this integration only. */
        integration?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description `waiting` for its first try or the next one; `sent`; `failed`: given up, after a day or for good reason. */
        state?: 'waiting' | 'sent' | 'failed';
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Whether this Muster sends e-mail. */
            email: {
              /** @description False: contacts are not told. */
              enabled: boolean;
              /** @description In plain words. */
              message: string;
            };
            items: components['schemas']['Notice'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantOutcomesOutcomeOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An outcome’s id.
         * @example out_b9t3h7k1m5x0vd4s_17
         */
        outcome: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Outcome'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantOutcomesOutcomeExplanation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description An outcome’s id.
         * @example out_b9t3h7k1m5x0vd4s_203
         */
        outcome: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Everything that the mapping looks at, and whatever else changes. */
            attributes: {
              /** @description What the user has, or would have, by this outcome. */
              after: string | number | boolean | string[] | null;
              /** @description An attribute, or `identity`, `scope`, `restricted`. */
              attribute: string;
              /** @description What the user had. */
              before: string | number | boolean | string[] | null;
              changed: boolean;
              /** @description The same as a value of the attribute’s type; null for a viewer. */
              coerced: string | number | boolean | string[] | null;
              /** @description Null: the mapping has no expression for it. */
              expression: string | null;
              /** @description Why there is no value; null when all is well. */
              problem: components['schemas']['MappingProblem'] | null;
              /** @description What the expression gave; null for a viewer. */
              raw: components['schemas']['JsonValue'] | null;
            }[];
            /** @description Of somebody whom the source did not send: the last record of theirs that it did send, also one that changed nothing, and its sync. One that is still stored, if there is such. */
            lastRecord: {
              /**
               * Format: date-time
               * @description When its sync was queued.
               */
              at: string;
              /** @description Its place in that snapshot. */
              seq: number;
              syncId: string;
            } | null;
            /** @description The mapping that the sync used; null without one, and of a change by hand or an undo. */
            mappingVersion: number | null;
            /** @description What to do; null when nothing needs doing. */
            next: string | null;
            /** @description What is explained. */
            outcome: components['schemas']['Outcome'];
            /** @description The document that the expressions saw. */
            record: {
              /** @description There is a record. */
              available: boolean;
              /** @description Null where there is none, or it is not for this key. */
              document: components['schemas']['JsonValue'] | null;
              /** @description Why there is no record to show. */
              note: string | null;
            };
            /** @description The reason in plain words. */
            why: string;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantPeople: {
    parameters: {
      query: {
        /**
         * @description What is known of the person.
         * @example ferre
         */
        q: string;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The syncs hold more than one search looks through, and part of it was left out: see `lookedBack`, and list the outcomes of a sync with `q`. */
            isPartial: boolean;
            items: components['schemas']['FoundPerson'][];
            /** @description How far back the syncs of each integration were searched. */
            lookedBack: {
              integrationId: string;
              /** @description Older syncs might say more, or part of these was left unread. */
              isPartial: boolean;
              /** @description When the oldest of them was queued; null: there is none. */
              since: string | null;
              /** @description How many of its syncs were searched, newest first; changes by hand are none. */
              syncs: number;
            }[];
            /** @description More people fit than are shown: say more of the name, or an id. */
            more: boolean;
            /** @description The syncs that were searched, the newest 20 of each integration. */
            searched: {
              /**
               * Format: date-time
               * @description When it was queued.
               */
              createdAt: string;
              integrationId: string;
              /**
               * @description `dry` makes the whole plan and changes nobody; `live` applies it.
               * @enum {string}
               */
              mode: 'dry' | 'live';
              /**
               * @description `queued`, `fetching`, `planning`, `settling` and `applying` lead to an end: `completed`; `incomplete`, when the source was not read completely; `awaitingApproval`, when a live one has a part that safeguards hold; `failed`; `cancelled`.
               * @enum {string}
               */
              state:
                | 'queued'
                | 'fetching'
                | 'planning'
                | 'settling'
                | 'applying'
                | 'completed'
                | 'incomplete'
                | 'awaitingApproval'
                | 'failed'
                | 'cancelled';
              syncId: string;
            }[];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantReportsUsers: {
    parameters: {
      query: {
        /** @description In SCIM’s grammar (RFC 7644 §3.4.2.2): `department eq "Sales" and not (title co "intern")`. Attributes by name, `custom.<name>` too, and status, role, id, owner, createdAt, updatedAt. */
        filter?: string;
        /**
         * @description An attribute, `custom.<name>` too, or status, role, owner, createdAt, updatedAt (by day, UTC).
         * @example department
         */
        groupBy: string;
        /** @description Users that this integration owns. */
        integration?: string;
        /** @description Part of a name or e-mail. */
        q?: string;
        /** @description Of this status only; left out: of all. */
        status?: 'active' | 'deactivated' | 'anonymized';
        /** @description How many values to give, those of most users first. */
        top?: number;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserReport'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncs: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Queued at this instant or after. */
        from?: string;
        /** @description Of this integration only. */
        integration?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description Of this mode only. A dry one that was approved is live. */
        mode?: 'dry' | 'live';
        /** @description The syncs of this push session. Without it and `state`, each session is shown by its newest sync alone. */
        session?: string;
        /** @description Only those in this state. */
        state?:
          | 'queued'
          | 'fetching'
          | 'planning'
          | 'settling'
          | 'applying'
          | 'completed'
          | 'incomplete'
          | 'awaitingApproval'
          | 'failed'
          | 'cancelled';
        /** @description Queued before this instant. */
        to?: string;
        /** @description Only those that this has started. */
        trigger?: 'schedule' | 'arrival' | 'manual' | 'push' | 'replay' | 'undo' | 'edit';
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Sync'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncDetail'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantSyncsSyncApprove: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A sync’s id.
         * @example syn_2r6f0yq4w8n1zj5b
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "filter": {
         *         "outcome": "created"
         *       },
         *       "planHash": "6b86b273ff34fce19d6b804eff5a3f57",
         *       "comment": "New colleagues of May."
         *     }
         */
        'application/json': {
          /**
           * @description Everything that can still be approved.
           * @constant
           */
          all?: true;
          /**
           * @description Why; kept with the decision.
           * @default
           */
          comment?: string;
          /** @description Everything of this outcome, this reason, or both. */
          filter?: {
            /**
             * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
             * @enum {string}
             */
            outcome?: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
            /**
             * @description Why; stable, for programs.
             * @enum {string}
             */
            reason?:
              | 'new'
              | 'changed'
              | 'returned'
              | 'ownerChanged'
              | 'unchanged'
              | 'duplicateRecord'
              | 'supersededRecord'
              | 'outOfScope'
              | 'alreadyTerminated'
              | 'secondarySource'
              | 'noMapping'
              | 'manual'
              | 'identityMissing'
              | 'requiredAttributeMissing'
              | 'expressionFailed'
              | 'typeMismatch'
              | 'decodeFailed'
              | 'recordTooLarge'
              | 'unclassified'
              | 'ambiguousMatch'
              | 'conflictingRecords'
              | 'keyCollision'
              | 'lost'
              | 'missingFromSnapshot'
              | 'terminationDate'
              | 'sourceDeactivated'
              | 'undone';
          };
          /** @description Whether held outcomes are meant too. Left out: only when they are named by id. */
          includeHeld?: boolean;
          /** @description These, and whom a key passes to or from. */
          outcomeIds?: string[];
          /** @description Of the sync as you saw it: another plan is not touched. */
          planHash: string;
        };
      };
    };
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Outcomes that go along because a key passes between them and one that was named. */
            alsoNamed: string[];
            /** @description The number of this word: the apply round that carries it out. */
            round: number;
            /** @description The sync that was decided on. */
            syncId: string;
            /**
             * @description What was decided.
             * @enum {string}
             */
            verdict: 'approve' | 'reject';
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notApprovable`: Nothing can be approved or rejected now. `planChanged`: The plan is another one. `superseded`: A newer sync has superseded this one. `alreadyUndone`: The sync has been undone already. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantSyncsSyncCancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A sync’s id.
         * @example syn_6c1g8p4z0r7wn3eq
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sync'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `alreadyEnded`: The sync has ended. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncCompareOtherSyncOne: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /**
         * @description The id of the sync to compare with.
         * @example syn_j0s5y2d8f6v3mt9h
         */
        otherSync: string;
        /**
         * @description A sync’s id.
         * @example syn_6c1g8p4z0r7wn3eq
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['OutcomeDifference'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notPlanned`: There is no plan yet. `snapshotsDiffer`: The syncs have read different snapshots. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The id of the last event that was seen: the stream goes on after it. */
        'Last-Event-ID'?: string;
      };
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': unknown;
        };
      };
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. `tooManyStreams`: Too many event streams are open. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncOutcomes: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description Of this outcome only. */
        outcome?: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
        /** @description Part of a name, e-mail address or employee id, or of the source id. Finds unchanged people as well: by source id and by what their user has. */
        q?: string;
        /** @description With this reason only. */
        reason?:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
        /** @description In this state only; `skipped` and `failed` outcomes have none. */
        state?: 'planned' | 'applied' | 'held' | 'rejected' | 'drifted' | 'superseded' | 'cancelled';
      };
      header?: never;
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description With `q` only, else null. */
            found: {
              /** @description How many of the whole sync fit, at least or exactly. */
              total: number;
              /** @description There are, or may be, more. Exact up to 10,000 wherever `q` alone finds no more people than that; beyond, a filter may make it a lower bound. */
              totalIsAtLeast: boolean;
            } | null;
            items: components['schemas']['Outcome'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
            /** @description Of the whole sync, whatever the filter. */
            totals: components['schemas']['OutcomeTotal'][];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncOutcomescsv: {
    parameters: {
      query?: {
        /** @description The id of the last row that came: go on after it, without a header. */
        after?: string;
        /** @description Of this outcome only. */
        outcome?: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
        /** @description Part of a name, e-mail address or employee id, or of the source id. Finds unchanged people as well: by source id and by what their user has. */
        q?: string;
        /** @description With this reason only. */
        reason?:
          | 'new'
          | 'changed'
          | 'returned'
          | 'ownerChanged'
          | 'unchanged'
          | 'duplicateRecord'
          | 'supersededRecord'
          | 'outOfScope'
          | 'alreadyTerminated'
          | 'secondarySource'
          | 'noMapping'
          | 'manual'
          | 'identityMissing'
          | 'requiredAttributeMissing'
          | 'expressionFailed'
          | 'typeMismatch'
          | 'decodeFailed'
          | 'recordTooLarge'
          | 'unclassified'
          | 'ambiguousMatch'
          | 'conflictingRecords'
          | 'keyCollision'
          | 'lost'
          | 'missingFromSnapshot'
          | 'terminationDate'
          | 'sourceDeactivated'
          | 'undone';
        /** @description In this state only; `skipped` and `failed` outcomes have none. */
        state?: 'planned' | 'applied' | 'held' | 'rejected' | 'drifted' | 'superseded' | 'cancelled';
      };
      header?: never;
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv; charset=utf-8': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantSyncsSyncRecordsSeqOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A record’s place in its snapshot, from 0.
         * @example 17
         */
        seq: number;
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The record’s size as received. */
            bytes: number;
            /** @description What expressions see; null when the bytes cannot be read. */
            document: components['schemas']['JsonValue'] | null;
            /**
             * @description `base64` when the bytes are not UTF-8 text.
             * @enum {string}
             */
            encoding: 'text' | 'base64';
            /** @description The bytes as received. */
            raw: string;
            /** @description Where an identity provider pushes: its requests that made the record what it is, newest first, at most ten. Those that the sync took, about the person and their groups; else the newest about the person before it. Null for other sources. */
            requests: components['schemas']['ScimRequestWithBody'][] | null;
            /** @description Its place in the snapshot, from 0. */
            seq: number;
            syncId: string;
            /** @description The record was too large: only its first 64 KiB were kept. */
            truncated: boolean;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantSyncsSyncReject: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "outcomeIds": [
         *         "out_b9t3h7k1m5x0vd4s_372"
         *       ],
         *       "planHash": "47ada4eaa22f1d49c01e52ddb7875b4b",
         *       "comment": "Still with us."
         *     }
         */
        'application/json': {
          /**
           * @description Everything that can still be approved.
           * @constant
           */
          all?: true;
          /**
           * @description Why; kept with the decision.
           * @default
           */
          comment?: string;
          /** @description Everything of this outcome, this reason, or both. */
          filter?: {
            /**
             * @description What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.
             * @enum {string}
             */
            outcome?: 'created' | 'updated' | 'skipped' | 'failed' | 'deprovisioned' | 'reactivated';
            /**
             * @description Why; stable, for programs.
             * @enum {string}
             */
            reason?:
              | 'new'
              | 'changed'
              | 'returned'
              | 'ownerChanged'
              | 'unchanged'
              | 'duplicateRecord'
              | 'supersededRecord'
              | 'outOfScope'
              | 'alreadyTerminated'
              | 'secondarySource'
              | 'noMapping'
              | 'manual'
              | 'identityMissing'
              | 'requiredAttributeMissing'
              | 'expressionFailed'
              | 'typeMismatch'
              | 'decodeFailed'
              | 'recordTooLarge'
              | 'unclassified'
              | 'ambiguousMatch'
              | 'conflictingRecords'
              | 'keyCollision'
              | 'lost'
              | 'missingFromSnapshot'
              | 'terminationDate'
              | 'sourceDeactivated'
              | 'undone';
          };
          /** @description Whether held outcomes are meant too. Left out: only when they are named by id. */
          includeHeld?: boolean;
          /** @description These, and whom a key passes to or from. */
          outcomeIds?: string[];
          /** @description Of the sync as you saw it: another plan is not touched. */
          planHash: string;
        };
      };
    };
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Outcomes that go along because a key passes between them and one that was named. */
            alsoNamed: string[];
            /** @description The number of this word: the apply round that carries it out. */
            round: number;
            /** @description The sync that was decided on. */
            syncId: string;
            /**
             * @description What was decided.
             * @enum {string}
             */
            verdict: 'approve' | 'reject';
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notApprovable`: Nothing can be approved or rejected now. `planChanged`: The plan is another one. `superseded`: A newer sync has superseded this one. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantSyncsSyncUndo: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A sync’s id.
         * @example syn_b9t3h7k1m5x0vd4s
         */
        sync: string;
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "mode": "dry"
         *     }
         */
        'application/json': {
          /**
           * @description `dry` makes the whole plan and changes nobody; `live` applies it.
           * @default dry
           * @enum {string}
           */
          mode?: 'dry' | 'live';
        };
      };
    };
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sync'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `alreadyUndone`: The sync has been undone already. `notEnded`: The sync has not ended. `nothingToUndo`: There is nothing to undo. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantUsers: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description In SCIM’s grammar (RFC 7644 §3.4.2.2): `department eq "Sales" and not (title co "intern")`. Attributes by name, `custom.<name>` too, and status, role, id, owner, createdAt, updatedAt. */
        filter?: string;
        /** @description Users that this integration owns. */
        integration?: string;
        /** @description How many items to give at most. */
        limit?: number;
        /** @description Part of a name or e-mail. */
        q?: string;
        /** @description An attribute, status, role, owner, createdAt or updatedAt; `-title` for the opposite order. Without it, in order of id, or with `q` in an order that stays, which is fast for any number of users; anything else is refused where more than 50,000 users would have to be looked at. */
        sort?: string;
        /** @description Of this status only; left out: of all. */
        status?: 'active' | 'deactivated' | 'anonymized';
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['User'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantUserscsv: {
    parameters: {
      query?: {
        /** @description The id of the last row that came: go on after it, without a header. */
        after?: string;
        /** @description In SCIM’s grammar (RFC 7644 §3.4.2.2): `department eq "Sales" and not (title co "intern")`. Attributes by name, `custom.<name>` too, and status, role, id, owner, createdAt, updatedAt. */
        filter?: string;
        /** @description What the first row calls attributes. */
        header?: 'names' | 'labels';
        /** @description Users that this integration owns. */
        integration?: string;
        /** @description Part of a name or e-mail. */
        q?: string;
        /** @description Of this status only; left out: of all. */
        status?: 'active' | 'deactivated' | 'anonymized';
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv; charset=utf-8': unknown;
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantUsersUserOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names this revision: send it as `If-Match` with a change. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDetail'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  patchTenantsTenantUsersUserOne: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of what was read: 412 when it has changed since. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "attributes": {
         *         "title": "Head of Sales"
         *       },
         *       "role": "restricted"
         *     }
         */
        'application/json': {
          /**
           * @description Only what is to change; null clears.
           * @default {}
           */
          attributes?: {
            [key: string]: string | number | boolean | string[] | null;
          };
          /**
           * @description A source decides between `regular` and `restricted`; an `admin` is made by hand and never demoted by one.
           * @enum {string}
           */
          role?: 'regular' | 'restricted' | 'admin';
        };
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `noOwner`: No integration owns this user. `editRefused`: The change was refused. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantUsersUserDeprovision: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
        /** @description The ETag of what was read: 412 when it has changed since. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `noOwner`: No integration owns this user. `editRefused`: The change was refused. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantUsersUserHistory: {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description How many items to give at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['HistoryEntry'][];
            /** @description Null on the last page. */
            nextCursor: string | null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantUsersUserReactivate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
        /** @description The ETag of what was read: 412 when it has changed since. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description False: it takes longer; look at the sync. */
            ended: boolean;
            /** @description The sync that carries the change. */
            syncId: string;
            /** @description As the change left them; while it has not ended, as they were. */
            user: components['schemas']['User'];
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `noOwner`: No integration owns this user. `editRefused`: The change was refused. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `preconditionFailed`: Somebody else changed it meanwhile. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantUsersUserSync: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A user’s id.
         * @example usr_2r6f0yq4w8n1zj5b0000h
         */
        user: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "mode": "dry"
         *     }
         */
        'application/json': {
          /**
           * @description `dry` makes the whole plan and changes nobody; `live` applies it.
           * @default dry
           * @enum {string}
           */
          mode?: 'dry' | 'live';
        };
      };
    };
    responses: {
      /** @description Taken on: it goes on after this answer. */
      202: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sync'];
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `connectorMissing`: The integration’s connector is not installed. `dryFirst`: A dry sync must come first. `integrationDisabled`: The integration is disabled. `noActiveMapping`: The integration has no active mapping. `personUnsupported`: The connector cannot fetch one person. `noOwner`: No integration owns this user. `noSourceId`: The user’s id at the source is not known. `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantsTenantWebhooks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Webhook'][];
            nextCursor: null;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  postTenantsTenantWebhooks: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your making, such as a UUID. The same request under it within 24 hours is carried out once: later ones get the first one’s answer, with `Idempotent-Replayed: true`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://hooks.acme.example/muster"
         *     }
         */
        'application/json': {
          /**
           * @description Only what concerns this integration; null: everything.
           * @default null
           */
          integrationId?: string | null;
          /**
           * Format: uri
           * @description Public, unless the operator allows others; https, so that nobody reads along.
           */
          url: string;
        };
      };
    };
    responses: {
      /** @description Made. */
      201: {
        headers: {
          /** @description The command was carried out before under this `Idempotency-Key`; this is its answer again. */
          'Idempotent-Replayed'?: 'true';
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description Only what concerns this integration; null: everything. */
            integrationId: string | null;
            /** @description `whsec_…`: what receivers verify signatures with. Shown this once. */
            secret: string;
            /** @description Where notices are posted. */
            url: string;
          };
        };
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. `malformedJson`: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `requestInWork`: The same request is being carried out. */
      409: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `bodyTooLarge`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupportedMediaType`: The body’s media type is not supported. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unprocessable`: The request is well formed and cannot be carried out. `idempotencyKeyReused`: The Idempotency-Key stands for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenantsTenantWebhooksWebhookOne: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description A tenant’s id.
         * @example ten_7m3kq9x2v5c8r1td
         */
        tenant: string;
        /**
         * @description A webhook’s id.
         * @example whk_q2x8c5v1m7z4t0kd
         */
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; there is no body. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalidRequest`: The request does not fit the API’s description. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: An API key is needed. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: This key’s role is not enough. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `notFound`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `tooManyRequests`: Too many requests. */
      429: {
        headers: {
          /** @description Seconds after which it may go well. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `headersTooLarge`: The headers are too large. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
