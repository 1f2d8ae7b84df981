/**
 * What waiting is made of: alarms, lines and the memory that all that is kept may take. Plain
 * classes without clock or thread, shared by the cores; imports no other package of Baozi.
 */
package io.baozi.broker.waiting;
