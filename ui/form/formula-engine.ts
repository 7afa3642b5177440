// The parts of the formula engine a form needs, as one chunk: running what the server has parsed and checked.
export { assign, compileToJs } from '@yingzao/engines/formula'
