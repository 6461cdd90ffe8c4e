/**
 * The expression language of journeys.
 *
 * What the grammar leaves to the code behind it: names (functions, loop variables, the functions of a path), the types
 * and numbers of arguments, and the escapes of strings.
 */
grammar Expression;

source : expression EOF ;

expression
    : 'if' '(' condition=expression ')' 'then' '(' yes=expression ')' 'else' '(' no=expression ')'   # Conditional
    | disjunction                                                                                     # Plain
    ;

disjunction : conjunction ( 'or' conjunction )* ;

conjunction : negation ( 'and' negation )* ;

negation
    : 'not' negation   # Not
    | comparison       # NotNegated
    ;

comparison : tested ( operator=( '==' | '!=' | '>' | '>=' | '<' | '<=' ) tested )* ;

tested : additive test* ;

test
    : 'is' 'not'? 'null'
    | 'has' 'null'
    | 'is' ( 'numeric' | 'integer' | 'decimal' )
    ;

additive : multiplicative ( operator=( '+' | '-' ) multiplicative )* ;

multiplicative : signed ( operator=( '*' | '/' | '%' ) signed )* ;

signed
    : '-' signed   # Minus
    | primary      # Unsigned
    ;

primary
    : INTEGER                                              # Integer
    | DECIMAL                                              # Decimal
    | STRING                                               # Text
    | ( 'true' | 'false' )                                 # Truth
    | 'null'                                               # Null
    | '[' ( expression ( ',' expression )* )? ']'          # List
    | '(' expression ')'                                   # Bracketed
    | reference                                            # Referred
    | NAME '(' ( expression ( ',' expression )* )? ')'     # Call
    | NAME ( '.' step )*                                   # Named
    ;

reference : prefix '{' ( step ( '.' step )* )? ( ',' option )* '}' ;

prefix : '@event' | '@action' | '@datasetLookup' | '@datasetlookup' | '@' | '#' ;

option
    : name ':' '{' ( name ':' expression ( ',' name ':' expression )* )? '}'   # Params
    | name ':' expression                                                      # Default
    ;

step
    : name ( '(' ( expression ( ',' expression )* )? ')' )?   # NamedStep
    | STRING                                                  # QuotedStep
    ;

/** A keyword is a name where only a name can stand. */
name
    : NAME | 'and' | 'or' | 'not' | 'is' | 'has' | 'null' | 'true' | 'false' | 'if' | 'then' | 'else' | 'numeric'
    | 'integer' | 'decimal'
    ;

NAME : [A-Za-z_] [A-Za-z0-9_-]* ;

INTEGER : [0-9]+ ;

DECIMAL : [0-9]+ '.' [0-9]+ ;

STRING : '"' ( '\\' . | ~["\\] )* '"' | '\'' ( '\\' . | ~['\\] )* '\'' ;

UNCLOSED_STRING : '"' ( '\\' . | ~["\\] )* '\\'? | '\'' ( '\\' . | ~['\\] )* '\\'? ;

WHITE_SPACE : [ \t\r\n\f]+ -> skip ;

UNEXPECTED : . ;
