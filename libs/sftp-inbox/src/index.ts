export { type AccountId, accountName, parseAccountName } from './account-name.js';
export { accountsBelow } from './accounts-below.js';
export { type AccountEvent, type AccountSettings, AccountStore, type LoginEvent } from './account-store.port.js';
export { FolderInbox } from './folder-inbox.js';
export { type HostKey, hostKeyFingerprint, openHostKey } from './host-key.js';
export { InboxDirectory } from './inbox-directory.js';
export { isBeingSent } from './is-being-sent.js';
export { SftpInboxServer, type SftpInboxServerParts } from './sftp-inbox-server.js';
export { sweepInboxes } from './sweep-inboxes.js';
