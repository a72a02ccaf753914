/** For `node --import`: in a process of its own, a connector's tests import the SDK as the connector does. */
import { resolveSdk } from './resolve-sdk.js';

resolveSdk();
