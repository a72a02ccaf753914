export { coerceValue, type Coercion, type ValueType } from './coerce-value.js';
export { type CompiledExpression, compileExpression, type ExpressionCompilation } from './compile-expression.js';
export {
  type CompiledAttribute,
  type CompiledMapping,
  compileMapping,
  type MappingCompilation,
  type MappingDefinitionProblem,
  type MappingSource,
} from './compile-mapping.js';
export { decodeJsonRecord, type DecodedRecord, maxDocumentDepth } from './decode-json-record.js';
export { type DocumentField, DocumentFields, type JsonType, jsonTypes } from './document-fields.js';
export { evaluate, type Evaluation } from './evaluate.js';
export { evaluateExpression, type ExpressionResult, type ExpressionTrial } from './evaluate-expression.js';
export { maxExpressionDepth, maxExpressionLength, maxExpressionNodes } from './expression-limits.js';
export { type ExpressionProblem, type ExpressionProblemCode, expressionProblemCodes } from './expression-problem.js';
export {
  type IdentifiedRecord,
  identifyRawRecord,
  mapIdentifiedRecord,
  mapRawRecord,
  rawRecordHash,
} from './map-raw-record.js';
export { extractSourceId, mapRecord, type MappedValues } from './map-record.js';
export { nextDueDate } from './next-due-date.js';
export { functionNames } from './record-interpreter.js';
