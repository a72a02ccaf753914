import 'reflect-metadata';
import { runMuster } from '#platform';
import { announce } from '#reporter';
import { standaloneParts } from './standalone-parts.js';

await runMuster('standalone', standaloneParts, announce);
