export { type AccountId, accountName, parseAccountName } from './account-name.js';
export { type AccountEvent, type AccountSettings, AccountStore } from './account-store.port.js';
export { type KeyOptions, newEd25519Key } from './ed25519-key.js';
export { FolderInbox } from './folder-inbox.js';
export { type HostKey, hostKeyFingerprint, openHostKey } from './host-key.js';
export { InboxDirectory } from './inbox-directory.js';
export { SftpInboxServer, type SftpInboxServerParts } from './sftp-inbox-server.js';
export { sweepInboxes } from './sweep-inboxes.js';
