import { createHash } from 'node:crypto'; // breaks no-restricted-imports
import { Injectable } from '@nestjs/common'; // breaks @nx/enforce-module-boundaries
import { createDocument } from 'zod-openapi'; // breaks @nx/enforce-module-boundaries

export const wrong = [createHash, Injectable, createDocument];
