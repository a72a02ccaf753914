import type { SettingName } from './settings.js';

/** Takes a problem with the settings, in words; not told where a setting that it is about is wrong by itself. */
export type TellProblem = (problem: string, ...about: SettingName[]) => void;
