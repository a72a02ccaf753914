export { csvInbox as default } from './csv-inbox.connector.js';
