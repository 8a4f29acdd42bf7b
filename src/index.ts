export { UserError } from "./core/errors.ts";
