import { AccessGuard } from '@valetkey/access-guard';
import { redeemLoginToken } from '@valetkey/contracts';
import { routesOf } from '@valetkey/http';
import { Bus } from '@valetkey/messaging';
import { Module } from '@nestjs/common';

export const right = [AccessGuard, redeemLoginToken, routesOf, Bus, Module];
