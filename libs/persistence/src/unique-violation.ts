import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';

/** Whether an error is PostgreSQL's 23505 for this constraint or index, thrown by the ORM or by plain SQL. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error)) return false;
  const isUnique = error instanceof UniqueConstraintViolationException || ('code' in error && error.code === '23505');
  return isUnique && 'constraint' in error && error.constraint === constraint;
}
