export { MapperModule } from './mapper.module.js';
